import struct


class Cured:
    def _write(self, sock, pieces):
        data = memoryview(b"".join(pieces))
        while data:
            data = data[sock.send(data) :]

    def reply(self, sock, head, body):
        self._write(sock, [head, body])

    def ask(self, sock, lines):
        self._write(sock, [part for line in [*lines, b""] for part in (line, b"\n")])
        answer = b""
        while not answer.endswith(b"\n"):
            answer += sock.recv(4096)
        return answer[:-1]

    def send(self, sock, data):
        self._write(sock, [struct.pack("!I", len(data)), data])
