"""M15: a half-close was taken for a close.

shutdown(SHUT_WR) ends one direction and keeps the socket. close() gives it back.
Read again: lesson 20, "A server program, taken from an article".
"""

import socket


def serve_one(listener):
    conn, peer = listener.accept()
    conn.settimeout(5)
    count = 0
    while data := conn.recv(1024):
        count += len(data)
    conn.sendall(b"%d" % count)
    conn.shutdown(socket.SHUT_WR)
