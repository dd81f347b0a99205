"""M01: only a line that comes in parts was measured.

A line of 1001 bytes may come in one piece with its newline. The verdict must be the same.
Read again: lesson 21, "Build".
"""


class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""

    def readline(self):
        while b"\n" not in self.buffer:
            if len(self.buffer) > 1000:
                raise ValueError("a line of more than 1000 bytes")
            chunk = self.sock.recv(4096)
            if not chunk:
                raise EOFError("the stream has ended")
            self.buffer += chunk
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line
