"""M15: the peer's goodbye was taken for one's own.

It has ended its direction. Yours is open until you close it: LAST-ACK comes after close().
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
    if "FIN-WAIT-1" in states:
        sock.close()
    elif states[1:] == ["ESTABLISHED", "CLOSED"]:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
    return sock
