"""M12: the number was sent as four bytes, not as text.

The answer to 5 bytes is b"5". b"%d" % count writes a number in digits.
Read again: lesson 20, "Build".
"""

import struct


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        count = 0
        while data := conn.recv(1024):
            count += len(data)
        conn.sendall(struct.pack("!I", count))
