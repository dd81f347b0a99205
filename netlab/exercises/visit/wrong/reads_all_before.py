"""M14: the answer was read to its end before close.

Then nothing is unread, and close() is polite. Leave bytes behind, and the kernel resets.
Read again: lesson 16, "Rude goodbyes".
"""

import socket


def visit(address, states):
    sock = socket.create_connection(address, timeout=5)
    if "CLOSE-WAIT" in states:
        sock.sendall(b"bye\n")
        while sock.recv(100):
            pass
    if "FIN-WAIT-1" in states or "LAST-ACK" in states:
        sock.close()
    elif states[-1] == "CLOSED":
        sock.sendall(b"x\n")
        sock.recv(100)
        sock.close()
    return sock
