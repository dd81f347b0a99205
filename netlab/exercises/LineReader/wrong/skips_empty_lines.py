"""M06: an empty line was taken for nothing at all.

Nothing between two newlines is a line too: many protocols end their heads with one.
Read again: lesson 21, "Break".
"""


class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""

    def readline(self):
        line = b""
        while not line:
            while b"\n" not in self.buffer and len(self.buffer) <= 1000:
                chunk = self.sock.recv(4096)
                if not chunk:
                    raise EOFError("the stream has ended")
                self.buffer += chunk
            line, _, self.buffer = self.buffer.partition(b"\n")
        if len(line) > 1000:
            raise ValueError("a line of more than 1000 bytes")
        return line
