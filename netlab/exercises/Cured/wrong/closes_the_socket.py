"""M30: the connection was closed after the first message.

It belongs to whoever gave it to you, and the next message needs it. Leave it open.
Read again: lesson 24, "Build".
"""


class Cured:
    def reply(self, sock, head, body):
        with sock:
            sock.sendall(head + body)

    def ask(self, sock, lines):
        sock.sendall(b"".join(line + b"\n" for line in lines) + b"\n")
        with sock.makefile("rb") as answer:
            return answer.readline().rstrip(b"\n")

    def send(self, sock, data):
        sock.sendall(len(data).to_bytes(4, "big") + data)
