"""M04: after a short send, the frame was sent from its beginning again.

What send took is on its way. Go on with the rest: frame = frame[count:].
Read again: lesson 20, "A server program, taken from an article".
"""

import struct


def send_message(sock, data):
    frame = struct.pack("!I", len(data)) + data
    sent = 0
    while sent < len(frame):
        sent += sock.send(frame)
