"""M06: an empty message was taken for no message.

The other side waits for a length. A length of 0 is an answer; silence is not.
Read again: lesson 21, "Four ways to say where a message ends".
"""

import struct


def send_message(sock, data):
    if data:
        sock.sendall(struct.pack("!I", len(data)) + data)
