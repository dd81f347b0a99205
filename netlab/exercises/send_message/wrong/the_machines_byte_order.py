"""M12: the number was sent as this machine keeps it, little end first.

Network byte order is big end first: "!I". The reader would take 5 for 83886080.
Read again: lesson 21, "Six readers that look right", reader 5.
"""

import struct


def send_message(sock, data):
    sock.sendall(struct.pack("I", len(data)) + data)
