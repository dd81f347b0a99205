"""M15: the connection was closed before the server had ended.

Who sends the first FIN is in FIN-WAIT. For CLOSE-WAIT, read the peer's first: recv until b"".
Read again: lesson 16, "Half a goodbye".
"""

import socket
import struct


def visit(address, states):
    sock = socket.create_connection(address, timeout=5)
    if "CLOSE-WAIT" in states:
        sock.sendall(b"bye\n")
    if "FIN-WAIT-1" in states or "LAST-ACK" in states:
        sock.close()
    elif states[-1] == "CLOSED":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
    return sock
