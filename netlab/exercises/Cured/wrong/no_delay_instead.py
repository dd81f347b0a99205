"""M29: there are as many writes as before, in all three.

TCP_NODELAY ends the wait and not the packets. Here each message has to be one write.
Read again: lesson 24, "Three cures".
"""

import socket


class Cured:
    def reply(self, sock, head, body):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.sendall(head)
        sock.sendall(body)

    def ask(self, sock, lines):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for line in lines:
            sock.sendall(line + b"\n")
        sock.sendall(b"\n")
        with sock.makefile("rb") as answer:
            return answer.readline().rstrip(b"\n")

    def send(self, sock, data):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.sendall(len(data).to_bytes(4, "big"))
        sock.sendall(data)
