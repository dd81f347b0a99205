import socket


class Buffer:
    def __init__(self, sock):
        self.sock, self.kept = sock, b""

    def more(self):
        block = bytearray(512)
        count = self.sock.recv_into(block)
        if not count:
            raise EOFError("the server has closed too early")
        self.kept += block[:count]

    def until(self, mark):
        while mark not in self.kept:
            self.more()
        found, _, self.kept = self.kept.partition(mark)
        return found

    def exactly(self, n):
        while len(self.kept) < n:
            self.more()
        found, self.kept = self.kept[:n], self.kept[n:]
        return found


def pipelined(address, paths):
    lines = []
    for path in paths:
        lines += [f"GET {path} HTTP/1.1", f"Host: {address[0]}", ""]
    with socket.create_connection(address, 5) as sock:
        sock.sendall("".join(f"{line}\r\n" for line in lines).encode())
        buffer, bodies = Buffer(sock), []
        for _ in range(len(paths)):
            fields = buffer.until(b"\r\n\r\n").decode("latin-1").lower().split("\r\n")[1:]
            sizes = dict(field.split(":", 1) for field in fields)
            bodies.append(buffer.exactly(int(sizes["content-length"])))
    return bodies
