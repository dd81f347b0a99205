"""M04: send was taken for sendall.

send takes what fits, perhaps less than you gave it, and returns how much. sendall goes on.
Read again: lesson 20, "A server program, taken from an article".
"""

import struct


def send_message(sock, data):
    sock.send(struct.pack("!I", len(data)) + data)
