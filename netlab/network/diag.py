"""What the kernel knows of a host's TCP sockets, asked as `ss` asks: sock_diag(7) on netlink.

Linux only, in the network's child, in the namespace of the host. /proc/net/tcp has the same rows
without tcp_info.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from typing import Any

_SOCK_DIAG = 4  # the netlink family
_BY_FAMILY, _DONE = 20, 3
_REQUEST_DUMP = 0x301
_INFO = 2  # the attribute that holds struct tcp_info
_STATES = (1 << 13) - 1  # all; 13 would be sockets that are bound and no more
_HEADER = struct.Struct("=IHHII")
_ROW = struct.Struct("!4xHH16s16s")  # of struct inet_diag_msg, as far as the network orders it
_REST = struct.Struct("=4xIIIII")  # behind it and the interface and cookie
NAMES = (  # by Linux's number, in the words of RFC 9293 section 3.3.2
    "", "ESTABLISHED", "SYN-SENT", "SYN-RECEIVED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT",
    "CLOSED", "CLOSE-WAIT", "LAST-ACK", "LISTEN", "CLOSING", "SYN-RECEIVED",
)  # fmt: skip
_TCP_INFO = {  # offset of a 32-bit number in struct tcp_info, and its unit in ours
    "rto": (8, 1e-6),
    "rtt": (68, 1e-6),
    "congestion_window": (80, 1),
    "retransmissions": (100, 1),
    "window": (228, 1),  # Linux 5.4 and later
}


def tcp_sockets() -> list[dict[str, Any]]:
    """The TCP sockets of the namespace that this thread is in: one dict of JSON values each."""
    found = []
    with socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, _SOCK_DIAG) as netlink:
        netlink.settimeout(2.0)
        for family in (socket.AF_INET, socket.AF_INET6):
            body = struct.pack("=BBBBI", family, socket.IPPROTO_TCP, 1 << (_INFO - 1), 0, _STATES)
            body += bytes(48)  # any address
            size = _HEADER.size + len(body)
            netlink.send(_HEADER.pack(size, _BY_FAMILY, _REQUEST_DUMP, 1, 0) + body)
            found += [_socket(message) for message in _messages(netlink)]
    return found


def _messages(netlink: socket.socket) -> Iterator[bytes]:
    """The rows of one answer, which may take several reads."""
    while True:
        answer = netlink.recv(1 << 17)
        while answer:
            length, kind, *_ = _HEADER.unpack_from(answer)
            if kind != _BY_FAMILY:
                if kind != _DONE:
                    raise OSError("the kernel does not list its sockets here")
                return
            yield answer[_HEADER.size : length]
            answer = answer[(length + 3) & ~3 :]


def _socket(message: bytes) -> dict[str, Any]:
    family, state = message[0], NAMES[message[1]]
    here, there, source, target = _ROW.unpack_from(message)
    _, received, sending, _user, inode = _REST.unpack_from(message, 48)
    size = 4 if family == socket.AF_INET else 16
    row: dict[str, Any] = {
        "state": state,
        "local": [socket.inet_ntop(family, source[:size]), here],
        "peer": [socket.inet_ntop(family, target[:size]), there],
        "receiving": received,
        "sending": sending,
        "inode": inode,
    }
    at = 72
    while at + 4 <= len(message):
        length, attribute = struct.unpack_from("=HH", message, at)
        if attribute == _INFO and state not in ("LISTEN", "SYN-RECEIVED"):
            for name, (offset, unit) in _TCP_INFO.items():
                if at + 4 + offset + 4 <= at + length:
                    row[name] = struct.unpack_from("=I", message, at + 4 + offset)[0] * unit
        at += max((length + 3) & ~3, 4)
    return row
