"""M39: the end of the stream was taken for the end of the line.

The newline may have been lost, and half the line with it. A line without its end is no line.
Read again: lesson 21, "Trouble in the middle".
"""


class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""

    def readline(self):
        while b"\n" not in self.buffer and len(self.buffer) <= 1000:
            chunk = self.sock.recv(4096)
            if not chunk and not self.buffer:
                raise EOFError("the stream has ended")
            if not chunk:
                break
            self.buffer += chunk
        line, _, self.buffer = self.buffer.partition(b"\n")
        if len(line) > 1000:
            raise ValueError("a line of more than 1000 bytes")
        return line
