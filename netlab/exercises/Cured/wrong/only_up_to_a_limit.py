"""M28: the data of a frame was sent in parts of 4096 bytes.

The kernel cuts a message into packets itself, and well. Give it all of it in one sendall.
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
        frame = len(data).to_bytes(4, "big") + data
        for at in range(0, len(frame), 4096):
            sock.sendall(frame[at : at + 4096])
