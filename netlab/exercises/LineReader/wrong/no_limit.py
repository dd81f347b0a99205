"""M13: the peer was trusted to end its line.

A stranger may send letters for ever, and the buffer grows until memory ends. Refuse at 1001.
Read again: lesson 21, "Build".
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
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line
