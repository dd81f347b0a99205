from io import BytesIO


class Cured:
    def reply(self, sock, head, body):
        with sock.makefile("wb", buffering=len(head) + len(body) + 1) as out:
            out.write(head)
            out.write(body)

    def ask(self, sock, lines):
        question = BytesIO()
        for line in lines:
            question.write(line + b"\n")
        question.write(b"\n")
        sock.sendall(question.getbuffer())
        return sock.makefile("rb").readline()[:-1]

    def send(self, sock, data):
        with sock.makefile("wb", len(data) + 5) as out:
            out.write(len(data).to_bytes(4, "big"))
            out.write(data)
            out.flush()
