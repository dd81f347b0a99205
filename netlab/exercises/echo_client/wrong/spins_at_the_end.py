"""M06: b"" did not end the reading.

b"" means that the stream has ended: every later recv returns b"" too, and the loop spins.
Read again: lesson 20, "They talk".
"""

import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        echo = b""
        while len(echo) < len(data):
            chunk = sock.recv(4096)
            echo += chunk
    return echo
