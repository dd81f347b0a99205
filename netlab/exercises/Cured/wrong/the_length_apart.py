"""M28: the length of a frame is a write of its own.

Its four bytes leave alone, and the data waits for their ACK. Put both into one sendall.
Read again: lesson 24, "Three cures".
"""


class Cured:
    def reply(self, sock, head, body):
        sock.sendall(head + body)

    def ask(self, sock, lines):
        sock.sendall(b"".join(line + b"\n" for line in lines) + b"\n")
        with sock.makefile("rb") as answer:
            return answer.readline().rstrip(b"\n")

    def send(self, sock, data):
        sock.sendall(len(data).to_bytes(4, "big"))
        sock.sendall(data)
