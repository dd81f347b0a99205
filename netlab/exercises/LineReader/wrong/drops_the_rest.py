"""M09: what came behind the line was thrown away.

It is the beginning of the next line, and it will not come again. Keep it in the object.
Read again: lesson 21, "Six readers that look right", reader 3.
"""


class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""

    def readline(self):
        data = b""
        while b"\n" not in data:
            chunk = self.sock.recv(4096)
            if not chunk:
                raise EOFError("the stream has ended")
            data += chunk
            if b"\n" not in data and len(data) > 1000:
                raise ValueError("a line of more than 1000 bytes")
        line = data.split(b"\n")[0]
        if len(line) > 1000:
            raise ValueError("a line of more than 1000 bytes")
        return line
