class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""

    def readline(self):
        while b"\n" not in self.buffer and len(self.buffer) <= 1000:
            chunk = self.sock.recv(4096)
            if chunk == b"":
                raise EOFError("the stream ended before the line did")
            self.buffer += chunk
        line, _, rest = self.buffer.partition(b"\n")
        if len(line) > 1000:
            raise ValueError("a line of more than 1000 bytes")
        self.buffer = rest
        return line
