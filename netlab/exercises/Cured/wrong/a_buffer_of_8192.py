"""M28: a large message does not fit into the buffer, and leaves in several writes.

makefile's buffer holds 8192 bytes. Join the message first, or give it a larger buffering=.
Read again: lesson 24, "Three cures".
"""


class Cured:
    def reply(self, sock, head, body):
        with sock.makefile("wb") as out:
            out.write(head)
            out.write(body)

    def ask(self, sock, lines):
        with sock.makefile("wb") as out:
            for line in [*lines, b""]:
                out.write(line + b"\n")
        with sock.makefile("rb") as answer:
            return answer.readline().rstrip(b"\n")

    def send(self, sock, data):
        with sock.makefile("wb") as out:
            out.write(len(data).to_bytes(4, "big"))
            out.write(data)
