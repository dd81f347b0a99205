"""TUN and TAP devices, and the header before each packet that is read from or written to them.

A device of ours may hand over up to 64 kB of one TCP stream in one piece, as it would to a network
card that cuts it into segments itself, and leave checksums to be completed ("offload"). The header
(struct virtio_net_hdr, <linux/virtio_net.h>) says so.
"""

from __future__ import annotations

import fcntl
import os
import struct
import sys

_TUNSETIFF, _TUNSETPERSIST, _TUNSETOFFLOAD = 0x400454CA, 0x400454CB, 0x400454D0  # <linux/if_tun.h>
_TUN, _TAP, _NO_PI, _VNET_HDR = 1, 2, 0x1000, 0x4000
_CSUM, _TSO4, _TSO6 = 1, 2, 4
VNET = 10  # bytes of header before each packet
ETHERNET = 14
LARGEST = VNET + ETHERNET + 65536
_CHATTER = {130, 131, 132, 133, 134, 135, 136, 137, 143}  # ICMPv6: MLD, and neighbour discovery


def open_tun() -> int:
    return os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)


def open_device(name: str, ethernet: bool) -> int:
    """A new device in the network of this thread; it lasts as long as that network."""
    device = open_tun()
    flags = (_TAP if ethernet else _TUN) | _NO_PI | _VNET_HDR
    fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH22x", name.encode(), flags))
    # to be taken down with its network, all at once: closing one device takes the kernel 60 ms
    fcntl.ioctl(device, _TUNSETPERSIST, 1)
    return device


def set_offload(device: int, on: bool) -> None:
    fcntl.ioctl(device, _TUNSETOFFLOAD, _CSUM | _TSO4 | _TSO6 if on else 0)


def complete(data: bytes) -> bytes:
    """`data` with its transport checksum filled in, if the kernel left that to the card.

    Pieces of several segments stay as they are: each segment gets a checksum when it is cut.
    """
    if not data[0] & 1 or data[1]:
        return data
    start, offset = struct.unpack_from("=HH", data, 6)
    start += VNET
    covered = data[start:] + bytes((len(data) - start) & 1)
    # the remainder by 65535 is the one's complement sum (RFC 1071): 65536 leaves 1
    checksum = 0xFFFF - int.from_bytes(covered, "big") % 0xFFFF
    done = bytearray(data)
    done[:VNET] = bytes(VNET)
    struct.pack_into("!H", done, start + offset, checksum)
    return bytes(done)


def segment_size(data: bytes) -> int:
    """Payload bytes of each segment in a piece of several; 0 for a single packet."""
    return int.from_bytes(data[4:6], sys.byteorder) if data[1] else 0


def segments(data: bytes) -> int:
    """How many packets a network card would make of `data`."""
    if not data[1]:
        return 1
    size, start = segment_size(data), int.from_bytes(data[6:8], sys.byteorder) + VNET
    payload = len(data) - start - (data[start + 12] >> 4) * 4
    return max(1, -(-payload // size))


def is_counted(data: bytes, ethernet: bool) -> bool:
    """Whether the link model counts a packet: unicast IP, and no talk of neighbours."""
    at = VNET
    if ethernet:
        at += ETHERNET
        if data[VNET] & 1 or data[at - 2 : at] not in (b"\x08\x00", b"\x86\xdd"):
            return False
    if len(data) < at + 20:
        return False
    if data[at] >> 4 == 4:
        return data[at + 16] < 224
    if len(data) < at + 41:
        return True
    return data[at + 24] != 0xFF and not (data[at + 6] == 58 and data[at + 40] in _CHATTER)
