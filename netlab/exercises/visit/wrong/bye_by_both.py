"""M15: the server was asked to end when you should end first.

After bye its FIN comes first, and you are in CLOSE-WAIT. For FIN-WAIT-1, close or SHUT_WR first.
Read again: lesson 16, "Half a goodbye".
"""

import socket
import struct


def visit(address, states):
    sock = socket.create_connection(address, timeout=5)
    if len(states) > 3 or "CLOSE-WAIT" in states:
        sock.sendall(b"bye\n")
        while sock.recv(100):
            pass
    if "FIN-WAIT-1" in states or "LAST-ACK" in states:
        sock.close()
    elif states[-1] == "CLOSED":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
    return sock
