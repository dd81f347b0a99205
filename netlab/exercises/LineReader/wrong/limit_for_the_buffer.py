"""M02: what one recv returned was taken for one line, and measured.

Many short lines may arrive together. The limit is for one line, not for what was received.
Read again: lesson 21, "Joined, too".
"""


class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""

    def readline(self):
        while b"\n" not in self.buffer:
            chunk = self.sock.recv(4096)
            if not chunk:
                raise EOFError("the stream has ended")
            self.buffer += chunk
            if len(self.buffer) > 1001:
                raise ValueError("a line of more than 1000 bytes")
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line
