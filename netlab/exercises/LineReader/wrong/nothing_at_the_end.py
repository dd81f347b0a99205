"""M06: b"" was returned for the end of the stream, but b"" is what an empty line looks like.

The caller could not tell the two apart. Raise EOFError when the stream has ended.
Read again: lesson 21, "Build".
"""


class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""

    def readline(self):
        while b"\n" not in self.buffer and len(self.buffer) <= 1000:
            chunk = self.sock.recv(4096)
            if not chunk:
                return b""
            self.buffer += chunk
        line, _, self.buffer = self.buffer.partition(b"\n")
        if len(line) > 1000:
            raise ValueError("a line of more than 1000 bytes")
        return line
