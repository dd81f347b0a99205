"""M10: each chunk was turned into text on its own.

A cut may fall inside a letter, and not all bytes are text. Collect bytes, and return bytes.
Read again: lesson 21, "Six readers that look right", reader 4.
"""


class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = ""

    def readline(self):
        while "\n" not in self.buffer and len(self.buffer) <= 1000:
            chunk = self.sock.recv(4096)
            if not chunk:
                raise EOFError("the stream has ended")
            self.buffer += chunk.decode()
        line, _, self.buffer = self.buffer.partition("\n")
        if len(line) > 1000:
            raise ValueError("a line of more than 1000 bytes")
        return line.encode()
