"""M01: one recv was taken for one line.

recv returns what is there: a part of a line, or several. Receive until a newline is there.
Read again: lesson 21, "The same code, a little further away".
"""


class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""

    def readline(self):
        line = self.sock.recv(1001)
        if not line:
            raise EOFError("the stream has ended")
        if len(line) > 1000:
            raise ValueError("a line of more than 1000 bytes")
        return line.rstrip(b"\n")
