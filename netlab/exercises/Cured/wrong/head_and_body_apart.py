"""M28: the head and the body of a reply are two writes.

The second one waits for the ACK of the first. Put them together, then call sendall once.
Read again: lesson 24, "Three cures".
"""


class Cured:
    def reply(self, sock, head, body):
        sock.sendall(head)
        sock.sendall(body)

    def ask(self, sock, lines):
        sock.sendall(b"".join(line + b"\n" for line in lines) + b"\n")
        with sock.makefile("rb") as answer:
            return answer.readline().rstrip(b"\n")

    def send(self, sock, data):
        sock.sendall(len(data).to_bytes(4, "big") + data)
