"""What the kernel knows of the socket at the other end of a loopback connection (Linux only).

`sock_diag` is the netlink interface behind the `ss` program: see sock_diag(7). One question
costs about ten microseconds, needs no privilege, and names one socket by its two addresses.
"""

from __future__ import annotations

import socket
import struct
import sys
from typing import NamedTuple

_NETLINK_SOCK_DIAG = 4
_BY_FAMILY = 20
_NLM_F_REQUEST = 1
_INET_DIAG_INFO = 2
_BYTES_RECEIVED = 128  # offset of tcpi_bytes_received in struct tcp_info, Linux 4.1 and later
_HEADER = struct.Struct("=IHHII")
_MESSAGE_SIZE = 72  # struct inet_diag_msg


class PeerSocket(NamedTuple):
    unread: int  # bytes in its receive queue
    received: int  # bytes its TCP has received since the connection began
    uid: int  # the user it belongs to


def peer_socket(sock: socket.socket) -> PeerSocket | None:
    """The socket at the other end of `sock`, if it is on this machine and the kernel will say.

    Asking for tcp_info makes the kernel take that socket's lock, so the answer never falls into
    the middle of a recv: `unread == 0` means that the recv which emptied the queue has returned
    with what it found.
    """
    if sys.platform != "linux":
        return None
    try:
        theirs, ours = sock.getpeername()[:2], sock.getsockname()[:2]
        with socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, _NETLINK_SOCK_DIAG) as netlink:
            netlink.settimeout(1.0)
            netlink.send(_question(sock.family, theirs, ours))
            return _parse(netlink.recv(4096))
    except OSError:
        return None


def _question(family: int, source: tuple[str, int], target: tuple[str, int]) -> bytes:
    identity = (
        struct.pack("!HH", source[1], target[1])
        + socket.inet_pton(family, source[0]).ljust(16, b"\0")
        + socket.inet_pton(family, target[0]).ljust(16, b"\0")
        + struct.pack("=III", 0, 0xFFFFFFFF, 0xFFFFFFFF)  # any interface, any cookie
    )
    wanted = 1 << (_INET_DIAG_INFO - 1)
    body = struct.pack("=BBBBI", family, socket.IPPROTO_TCP, wanted, 0, 0xFFFFFFFF) + identity
    return _HEADER.pack(_HEADER.size + len(body), _BY_FAMILY, _NLM_F_REQUEST, 1, 0) + body


def _parse(answer: bytes) -> PeerSocket | None:
    length, kind, *_ = _HEADER.unpack_from(answer)
    if kind != _BY_FAMILY:
        return None  # an error message: no such socket
    at = _HEADER.size
    unread, _sending, uid = struct.unpack_from("=III", answer, at + 56)
    at += _MESSAGE_SIZE
    while at + 4 <= length:
        size, attribute = struct.unpack_from("=HH", answer, at)
        if attribute == _INET_DIAG_INFO:
            (received,) = struct.unpack_from("=Q", answer, at + 4 + _BYTES_RECEIVED)
            return PeerSocket(unread, received, uid)
        at += (size + 3) & ~3
    return None
