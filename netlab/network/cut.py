"""Cutting what the kernel hands over in one piece into the TCP segments that it stands for.

Linux leaves this work, and the checksum, to the network card (TCP segmentation offload).
"""

from __future__ import annotations

import struct

from netlab.packets import internet_checksum

CWR, PSH, FIN = 0x80, 0x08, 0x01  # flags that not every piece carries


def cut(data: bytes, first: str, mss: int) -> list[bytes]:
    """The packets with at most mss bytes of data each, as a network card would send them.

    first: "ip" or "ethernet". Numbers, lengths and checksums are those of each piece; PSH and
    FIN stay with the last, CWR with the first (RFC 3168, section 6.1.2). What is not TCP comes
    back as it is.
    """
    ip = 14 if first == "ethernet" else 0
    six = data[ip] >> 4 == 6
    if data[ip + (6 if six else 9)] != 6:
        return [data]
    tcp = ip + (40 if six else (data[ip] & 15) * 4)
    body = tcp + (data[tcp + 12] >> 4) * 4
    addresses = data[ip + 8 : ip + 40] if six else data[ip + 12 : ip + 20]
    (identification,) = struct.unpack_from("!H", data, ip + 4)
    (sequence,) = struct.unpack_from("!I", data, tcp + 4)
    pieces: list[bytes] = []
    for at in range(0, max(1, len(data) - body), mss):
        piece, head = data[body + at : body + at + mss], bytearray(data[:body])
        size = body - tcp + len(piece)
        if six:
            struct.pack_into("!H", head, ip + 4, size)
        else:
            number = (identification + len(pieces)) % 2**16
            struct.pack_into("!HH", head, ip + 2, tcp - ip + size, number)
            struct.pack_into("!H", head, ip + 10, 0)
            struct.pack_into("!H", head, ip + 10, internet_checksum(bytes(head[ip:tcp])))
        struct.pack_into("!I", head, tcp + 4, (sequence + at) % 2**32)
        if at:
            head[tcp + 13] &= ~CWR
        if body + at + mss < len(data):
            head[tcp + 13] &= ~(PSH | FIN)
        struct.pack_into("!H", head, tcp + 16, 0)
        pseudo = addresses + struct.pack("!HI", 6, size)
        checksum = internet_checksum(pseudo + bytes(head[tcp:]) + piece)
        struct.pack_into("!H", head, tcp + 16, checksum)
        pieces.append(bytes(head) + piece)
    return pieces
