"""M04: a frame went to `send`, and a part of it got lost.

send returns how many bytes it took. Use sendall, or send the rest in a loop.
Read again: lesson 24, "A lamp that answers".
"""


class Cured:
    def reply(self, sock, head, body):
        sock.sendall(head + body)

    def ask(self, sock, lines):
        sock.sendall(b"".join(line + b"\n" for line in lines) + b"\n")
        with sock.makefile("rb") as answer:
            return answer.readline().rstrip(b"\n")

    def send(self, sock, data):
        sock.send(len(data).to_bytes(4, "big") + data)
