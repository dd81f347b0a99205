"""M15: CLOSE-WAIT was left, although it is the last state.

Nobody leaves it but your program, by close(). Without that call it stays for ever.
Read again: lesson 16, "Half a goodbye".
"""

import socket
import struct


def visit(address, states):
    sock = socket.create_connection(address, timeout=5)
    if "CLOSE-WAIT" in states:
        sock.sendall(b"bye\n")
        while sock.recv(100):
            pass
    if "FIN-WAIT-1" in states or "CLOSE-WAIT" in states:
        sock.close()
    elif states[-1] == "CLOSED":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
    return sock
