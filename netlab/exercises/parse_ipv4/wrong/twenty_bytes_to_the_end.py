"""M49: neither length was read: 20 bytes for the header, and all the rest for the payload.

IHL times 4 says where the payload begins. Total Length says where it ends.
Read again: lesson 11, "IPv4: to the host".
"""

import socket


def parse_ipv4(data):
    return data[8], socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20]), data[20:]
