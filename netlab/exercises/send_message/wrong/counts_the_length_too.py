"""M11: the length counts something else than the bytes of the data.

Here it counts its own four bytes, too. The task says: the length of what follows.
Read again: lesson 21, "Six readers that look right", reader 5.
"""

import struct


def send_message(sock, data):
    sock.sendall(struct.pack("!I", 4 + len(data)) + data)
