"""M28: each line of a question is a write of its own.

Only the first leaves at once. Join the lines, with the empty one, and call sendall once.
Read again: lesson 24, "Three cures".
"""


class Cured:
    def reply(self, sock, head, body):
        sock.sendall(head + body)

    def ask(self, sock, lines):
        for line in lines:
            sock.sendall(line + b"\n")
        sock.sendall(b"\n")
        with sock.makefile("rb") as answer:
            return answer.readline().rstrip(b"\n")

    def send(self, sock, data):
        sock.sendall(len(data).to_bytes(4, "big") + data)
