import socket


class Pool:
    def __init__(self):
        self.streams = {}

    def request(self, address, method, path, body=b""):
        if method in ("GET", "HEAD", "PUT", "DELETE") and address in self.streams:
            try:
                return self.on(self.streams.pop(address), address, method, path, body)
            except (OSError, ValueError):
                pass
        sock = socket.create_connection(address)
        stream = sock.makefile("rwb", buffering=0)
        sock.close()  # the stream keeps it open
        return self.on(stream, address, method, path, body)

    def on(self, stream, address, method, path, body):
        fields = {}
        ok = False
        try:
            stream.write(
                f"{method} {path} HTTP/1.1\r\nHost: {address[0]}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            line = stream.readline()
            while line.strip():
                name, _, value = line.decode().partition(":")
                fields[name.lower()] = value.strip().lower()
                line = stream.readline()
            reply = bytearray()
            for _ in range(int(fields.get("content-length", -1))):
                reply += stream.read(1) or b""
            if len(reply) != int(fields.get("content-length", -1)):
                raise ValueError("half a reply")
            ok = fields.get("connection") != "close"
        finally:
            if not ok:
                stream.close()
        if address in self.streams:
            self.streams.pop(address).close()
        if ok:
            self.streams[address] = stream
        return bytes(reply)
