"""M07: it waited for an end that the server had no reason to send.

It ends after bye, or when you have ended. Until then, each waits for the other.
Read again: lesson 16, "Half a goodbye".
"""

import socket
import struct


def visit(address, states):
    sock = socket.create_connection(address, timeout=5)
    if "CLOSE-WAIT" in states:
        while sock.recv(100):
            pass
    if "FIN-WAIT-1" in states or "LAST-ACK" in states:
        sock.close()
    elif states[-1] == "CLOSED":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
    return sock
