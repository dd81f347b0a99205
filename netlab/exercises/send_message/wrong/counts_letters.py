"""M11: the length counts letters, and the stream carries bytes.

A letter may have more than one byte. Count the bytes that you send: len(data).
Read again: lesson 21, "Six readers that look right", reader 5.
"""

import struct


def send_message(sock, data):
    sock.sendall(struct.pack("!I", len(data.decode("utf-8", "replace"))) + data)
