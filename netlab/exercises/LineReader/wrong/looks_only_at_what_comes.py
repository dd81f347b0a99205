"""M08: the newline was looked for in what recv returned, not in all that is there.

The buffer may hold a whole line already. Look there first, and receive only if there is none.
Read again: lesson 21, "Six readers that look right", reader 2.
"""


class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""

    def readline(self):
        while True:
            chunk = self.sock.recv(4096)
            if not chunk:
                raise EOFError("the stream has ended")
            self.buffer += chunk
            if b"\n" in chunk:
                break
            if len(self.buffer) > 1000:
                raise ValueError("a line of more than 1000 bytes")
        line, _, self.buffer = self.buffer.partition(b"\n")
        if len(line) > 1000:
            raise ValueError("a line of more than 1000 bytes")
        return line
