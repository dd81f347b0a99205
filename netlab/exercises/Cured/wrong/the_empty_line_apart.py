"""M28: the empty line that ends a question is a write of its own.

One small write behind another is all that it takes. The end belongs into the same write.
Read again: lesson 24, "On the wire".
"""


class Cured:
    def reply(self, sock, head, body):
        sock.sendall(head + body)

    def ask(self, sock, lines):
        sock.sendall(b"".join(line + b"\n" for line in lines))
        sock.sendall(b"\n")
        with sock.makefile("rb") as answer:
            return answer.readline().rstrip(b"\n")

    def send(self, sock, data):
        sock.sendall(len(data).to_bytes(4, "big") + data)
