class LineReader:
    def __init__(self, sock):
        self.stream = sock.makefile("rb")

    def readline(self):
        line = self.stream.readline(1001)
        if line.endswith(b"\n"):
            return line[:-1]
        if len(line) == 1001:
            raise ValueError("more than 1000 bytes without a newline")
        raise EOFError("no complete line")
