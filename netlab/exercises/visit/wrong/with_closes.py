"""M14: `with` closed the socket on the way out.

At the end of `with` comes close(), also for the connection that shall stay open.
Read again: lesson 16, "Half a goodbye".
"""

import socket
import struct


def visit(address, states):
    with socket.create_connection(address, timeout=5) as sock:
        if "CLOSE-WAIT" in states:
            sock.sendall(b"bye\n")
            while sock.recv(100):
                pass
        if states[-2:] == ["ESTABLISHED", "CLOSED"]:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return sock
