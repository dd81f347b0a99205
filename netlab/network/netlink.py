"""Links, addresses and routes by rtnetlink(7): messages in one batch, refusals by name."""

from __future__ import annotations

import os
import socket
import struct
from ipaddress import ip_interface, ip_network
from typing import NamedTuple

_NEWLINK, _NEWADDR, _NEWROUTE = 16, 20, 24
_REQUEST, _ACK, _CREATE = 1, 4, 0x400
_UP = 1
_NO_DAD = 2  # skip duplicate address detection (RFC 4862): these addresses are ours alone
_HEADER = struct.Struct("=IHHII")
_BATCH = 20_000  # bytes: the answers to more would not fit into the socket's buffer


class Message(NamedTuple):
    what: str  # for the error
    kind: int
    body: bytes


def loopback_up() -> Message:
    return Message("lo", _NEWLINK, struct.pack("=BxHiII", 0, 0, 1, _UP, _UP))


def link_up(index: int, *, mtu: int, queue: int, mac: str = "") -> Message:
    """Bring a link up; `queue` in packets."""
    body = struct.pack("=BxHiII", 0, 0, index, _UP, _UP)
    body += _attribute(4, struct.pack("=I", mtu)) + _attribute(13, struct.pack("=I", queue))
    if mac:
        body += _attribute(1, bytes.fromhex(mac.replace(":", "")))
    return Message(f"link {index}, mtu {mtu}", _NEWLINK, body)


def address(index: int, text: str) -> Message:
    """Add an address such as "198.51.100.1/30" to a link."""
    given = ip_interface(text)
    family = socket.AF_INET if given.version == 4 else socket.AF_INET6
    body = struct.pack("=BBBBI", family, given.network.prefixlen, _NO_DAD, 0, index)
    body += _attribute(1, given.ip.packed) + _attribute(2, given.ip.packed)
    return Message(f"address {text}", _NEWADDR, body)


def route(index: int, to: str, via: str) -> Message:
    """Add a route to the network `to` through the neighbour `via` on a link."""
    network, gateway = ip_network(to), ip_interface(via).ip
    family = socket.AF_INET if network.version == 4 else socket.AF_INET6
    # main table, static, universe, unicast
    body = struct.pack("=BBBBBBBBI", family, network.prefixlen, 0, 0, 254, 4, 0, 1, 0)
    body += _attribute(1, network.network_address.packed)
    body += _attribute(5, gateway.packed) + _attribute(4, struct.pack("=I", index))
    return Message(f"route to {to} via {via}", _NEWROUTE, body)


def configure(messages: list[Message]) -> None:
    """Send messages to the kernel, in the network of this thread; OSError names what it refused."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, 0) as kernel:
        kernel.settimeout(10.0)
        batch: list[Message] = []
        for number, message in enumerate(messages, 1):
            batch.append(message)
            if number == len(messages) or sum(len(one.body) for one in batch) > _BATCH:
                _send(kernel, batch)
                batch = []


def _send(kernel: socket.socket, batch: list[Message]) -> None:
    flags = _REQUEST | _ACK
    kernel.send(
        b"".join(
            _HEADER.pack(
                _HEADER.size + len(body), kind, flags | _CREATE * (kind != _NEWLINK), number, 0
            )
            + body
            for number, (_, kind, body) in enumerate(batch)
        )
    )
    answered = 0
    while answered < len(batch):
        answers, at = kernel.recv(65536), 0
        while at < len(answers):
            size, _, _, number, _ = _HEADER.unpack_from(answers, at)
            (code,) = struct.unpack_from("=i", answers, at + _HEADER.size)
            if code:
                raise OSError(-code, f"{batch[number].what}: {os.strerror(-code)}")
            at += (size + 3) & ~3
            answered += 1


def _attribute(kind: int, value: bytes) -> bytes:
    padding = bytes(-len(value) % 4)
    return struct.pack("=HH", 4 + len(value), kind) + value + padding
