"""M39: the end of the bytes was taken for the end of the packet.

A short frame is filled up, so more may lie there than belongs to you. Total Length says how much.
Read again: lesson 11, "Build".
"""

import socket


def parse_ipv4(data):
    length = (data[0] & 15) * 4
    return data[8], socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20]), data[length:]
