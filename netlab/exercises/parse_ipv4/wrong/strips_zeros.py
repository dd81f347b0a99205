"""M39: zero bytes at the end were taken for padding.

A payload may end with zeros, and padding may be anything. Only Total Length knows.
Read again: lesson 11, "Build".
"""

import socket


def parse_ipv4(data):
    length = (data[0] & 15) * 4
    payload = data[length:].rstrip(b"\0")
    return data[8], socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20]), payload
