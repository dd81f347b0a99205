"""M04: the length went by sendall, the data by a single send.

send takes what fits, perhaps less than you gave it, and returns how much. sendall goes on.
Read again: lesson 20, "A server program, taken from an article".
"""

import struct


def send_message(sock, data):
    sock.sendall(struct.pack("!I", len(data)))
    sock.send(data)
