"""M06: b"" was taken for "nothing yet".

b"" says that the stream has ended, and each further recv returns it again, at once, for ever.
Read again: lesson 21, "Six readers that look right", reader 6.
"""


class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""

    def readline(self):
        while b"\n" not in self.buffer and len(self.buffer) <= 1000:
            self.buffer += self.sock.recv(4096)
        line, _, self.buffer = self.buffer.partition(b"\n")
        if len(line) > 1000:
            raise ValueError("a line of more than 1000 bytes")
        return line
