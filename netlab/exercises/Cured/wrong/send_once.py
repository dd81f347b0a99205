"""M04: `send` was called once, and it may take a part only.

One write is the aim, but every byte has to leave. sendall sends the rest itself.
Read again: lesson 24, "A lamp that answers".
"""


class Cured:
    def reply(self, sock, head, body):
        sock.send(head + body)

    def ask(self, sock, lines):
        sock.sendall(b"".join(line + b"\n" for line in lines) + b"\n")
        with sock.makefile("rb") as answer:
            return answer.readline().rstrip(b"\n")

    def send(self, sock, data):
        sock.sendall(len(data).to_bytes(4, "big") + data)
