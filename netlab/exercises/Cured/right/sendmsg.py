import socket


class Cured:
    def reply(self, sock, head, body):
        sent = sock.sendmsg([head, body])
        if sent < len(head) + len(body):
            sock.sendall((head + body)[sent:])

    def ask(self, sock, lines):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.sendall(b"\n".join([*lines, b"", b""]))
        answer = bytearray()
        while answer[-1:] != b"\n":
            answer += sock.recv(1)
        return bytes(answer[:-1])

    def send(self, sock, data):
        self.reply(sock, len(data).to_bytes(4, "big"), data)
