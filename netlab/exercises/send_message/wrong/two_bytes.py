"""M12: the length was packed into two bytes.

Both sides must agree on four: "!I". In two bytes, a message ends at 65535.
Read again: lesson 21, "Six readers that look right", reader 5.
"""

import struct


def send_message(sock, data):
    sock.sendall(struct.pack("!H", len(data)) + data)
