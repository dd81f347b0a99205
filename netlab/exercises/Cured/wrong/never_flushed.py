"""M05: the question was written into a buffer, and never left it.

You wait for an answer to bytes that are still in your memory. Call flush before you read.
Read again: lesson 24, "Three cures".
"""


class Cured:
    def reply(self, sock, head, body):
        sock.sendall(head + body)

    def ask(self, sock, lines):
        stream = sock.makefile("rwb")
        for line in [*lines, b""]:
            stream.write(line + b"\n")
        answer = sock.recv(4096)
        while not answer.endswith(b"\n"):
            answer += sock.recv(4096)
        return answer.rstrip(b"\n")

    def send(self, sock, data):
        sock.sendall(len(data).to_bytes(4, "big") + data)
