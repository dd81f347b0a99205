"""M28: makefile with buffering=0 writes each piece at once.

A file without a buffer collects nothing. Leave buffering out, or join the pieces yourself.
Read again: lesson 24, "Three cures".
"""


class Cured:
    def reply(self, sock, head, body):
        with sock.makefile("wb", buffering=0) as out:
            out.write(head)
            out.write(body)

    def ask(self, sock, lines):
        sock.sendall(b"".join(line + b"\n" for line in lines) + b"\n")
        with sock.makefile("rb") as answer:
            return answer.readline().rstrip(b"\n")

    def send(self, sock, data):
        sock.sendall(len(data).to_bytes(4, "big") + data)
