from collections import deque


class LineReader:
    LIMIT = 1000

    def __init__(self, sock):
        self.sock, self.ready, self.part = sock, deque(), bytearray()

    def readline(self):
        while not self.ready:
            if len(self.part) > self.LIMIT:
                raise ValueError(f"the line is longer than {self.LIMIT} bytes")
            self.fill()
        line = self.ready.popleft()
        if len(line) > self.LIMIT:
            raise ValueError(f"the line is longer than {self.LIMIT} bytes")
        return line

    def fill(self):
        chunk = self.sock.recv(512)
        if not chunk:
            raise EOFError("the stream has ended")
        self.part += chunk
        *lines, rest = bytes(self.part).split(b"\n")
        self.ready.extend(lines)
        self.part = bytearray(rest)
