import socket


class Pool:
    kept = None

    def request(self, address, method, path, body=b""):
        self.kept = self.kept or {}
        sock = self.kept.get(address)
        fresh = sock is None or self.is_dead(sock)
        if fresh:
            if sock:
                sock.close()
            sock = self.kept[address] = socket.create_connection(address)
        try:
            return self.exchange(sock, address, method, path, body)
        except BaseException as error:
            sock.close()
            del self.kept[address]
            if isinstance(error, OSError | EOFError) and method in ("GET", "PUT") and not fresh:
                return self.request(address, method, path, body)
            raise

    def is_dead(self, sock):
        sock.setblocking(False)
        try:
            sock.recv(1, socket.MSG_PEEK)
            return True
        except BlockingIOError:
            return False
        except OSError:
            return True
        finally:
            sock.setblocking(True)

    def exchange(self, sock, address, method, path, body):
        question = [
            f"{method} {path} HTTP/1.1",
            f"Host: {address[0]}",
            f"Content-Length: {len(body)}",
        ]
        sock.sendall("\r\n".join([*question, "", ""]).encode())
        if body:
            sock.sendall(body)
        data = b""
        while not data.endswith(b"\r\n\r\n"):
            data += self.some(sock, 1)
        head = data.lower().split(b"\r\n")
        (length,) = (int(line[15:]) for line in head if line.startswith(b"content-length:"))
        reply = b""
        while len(reply) < length:
            reply += self.some(sock, length - len(reply))
        if b"connection: close" in head:
            self.kept.pop(address).close()
        return reply

    def some(self, sock, n):
        data = sock.recv(n)
        if not data:
            raise EOFError("the server has closed")
        return data
