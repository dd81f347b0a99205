"""M14: every end was made a reset.

SO_LINGER with no time throws the connection away. A FIN is sent without it.
Read again: lesson 16, "Rude goodbyes".
"""

import socket
import struct


def visit(address, states):
    sock = socket.create_connection(address, timeout=5)
    if "CLOSE-WAIT" in states:
        sock.sendall(b"bye\n")
        while sock.recv(100):
            pass
    if states[-1] != "ESTABLISHED" and states[-1] != "CLOSE-WAIT":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
    return sock
