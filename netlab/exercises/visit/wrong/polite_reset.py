"""M14: close() was taken to end every connection at once.

It says goodbye by a FIN. CLOSED at once needs a reset: close over unread bytes, or SO_LINGER.
Read again: lesson 16, "Rude goodbyes".
"""

import socket


def visit(address, states):
    sock = socket.create_connection(address, timeout=5)
    if "CLOSE-WAIT" in states:
        sock.sendall(b"bye\n")
        while sock.recv(100):
            pass
    if states[-1] not in ("ESTABLISHED", "CLOSE-WAIT"):
        sock.close()
    return sock
