class LineReader:
    def __init__(self, sock):
        self.sock = sock

    def readline(self):
        letters = []
        while True:
            byte = self.sock.recv(1)
            if not byte:
                raise EOFError(f"the stream ended {len(letters)} bytes into a line")
            if byte == b"\n":
                return b"".join(letters)
            letters.append(byte)
            if len(letters) > 1000:
                raise ValueError("line too long")
