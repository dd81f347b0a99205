class Stream:
    """Bytes of a socket, none taken that is not asked for."""

    def __init__(self, sock):
        self.sock = sock

    def take(self, n):
        buffer = memoryview(bytearray(n))
        have = 0
        while have < n:
            got = self.sock.recv_into(buffer[have:])
            if not got:
                raise EOFError(f"{have} of {n}")
            have += got
        return bytes(buffer)

    def until(self, mark):
        data = bytearray()
        while data[-len(mark) :] != mark:
            data += self.take(1)
        return bytes(data[: -len(mark)])


def read_response(sock, method):
    stream = Stream(sock)
    head = stream.until(b"\r\n\r\n").decode("latin-1").split("\r\n")
    status = head[0].split(" ")[1]
    if head[0][:5] != "HTTP/" or len(status) != 3 or not status.isdecimal():
        raise ValueError(head[0])
    fields = {}
    for line in head[1:]:
        name, value = line.split(":", 1)
        key = name.lower()
        value = value.strip()
        fields[key] = f"{fields[key]}, {value}" if key in fields else value
    return int(status), fields, b"".join(pieces(stream, int(status), fields, method))


def pieces(stream, status, fields, method):
    if method == "HEAD" or status in (204, 304):
        return
    if fields.get("transfer-encoding", "").lower().endswith("chunked"):
        while True:
            size = stream.until(b"\r\n").split(b";")[0]
            if not size or set(size) - set(b"0123456789abcdefABCDEF"):
                raise ValueError(size)
            if int(size, 16) == 0:
                break
            yield stream.take(int(size, 16))
            if stream.take(2) != b"\r\n":
                raise ValueError("a chunk without its end")
        while stream.until(b"\r\n"):
            pass
    elif (length := fields.get("content-length")) is not None:
        if not (length.isascii() and length.isdigit()):
            raise ValueError(length)
        yield stream.take(int(length))
    else:
        while data := stream.sock.recv(100):
            yield data
