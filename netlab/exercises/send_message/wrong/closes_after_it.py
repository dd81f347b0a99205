"""M30: a connection was taken for one message.

The length says where this message ends, so the connection can carry the next. Leave it open.
Read again: lesson 21, "Four ways to say where a message ends".
"""

import struct


def send_message(sock, data):
    sock.sendall(struct.pack("!I", len(data)) + data)
    sock.close()
