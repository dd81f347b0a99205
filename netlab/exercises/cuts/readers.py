"""The four readers of the lesson that are to be defeated, and how each should have read."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Any

from netlab.referee.peer import Peer
from netlab.referee.scenario import Scenario
from netlab.referee.worker.sock import ScriptedSocket, Stop


def read_until_short(sock: Any) -> bytes:
    """Reader 1: a short answer must be the last."""
    data: bytes = sock.recv(8)
    chunk = data
    while len(chunk) == 8:
        chunk = sock.recv(8)
        data += chunk
    return data


def read_request(sock: Any) -> bytes:
    """Reader 2: the mark is looked for in each chunk."""
    data: bytes = b""
    while chunk := sock.recv(4096):
        data += chunk
        if b"\r\n\r\n" in chunk:
            return data
    return data


def read_line(sock: Any) -> bytes:
    """Reader 3: what follows the line is thrown away."""
    data: bytes = b""
    while b"\n" not in data:
        data += sock.recv(4096)
    return data.split(b"\n")[0]


def read_framed(sock: Any) -> bytes:
    """Reader 5: the length is read by one recv."""
    (length,) = struct.unpack("!I", sock.recv(4))
    data: bytes = b""
    while len(data) < length:
        data += sock.recv(length - len(data))
    return data


READERS: dict[int, Callable[[Any], bytes]] = {
    1: read_until_short,
    2: read_request,
    3: read_line,
    5: read_framed,
}
SHORTEST = {1: 2, 2: 4, 3: 2, 5: 4}  # bytes of the shortest message that defeats each


def messages(reader: int, stream: bytes) -> list[bytes]:
    """What a right reader returns, call by call; empty if these are no whole messages for it."""
    if reader == 1:
        return [stream]
    if reader == 2:
        whole = stream.find(b"\r\n\r\n") == len(stream) - 4 >= 0
        return [stream] if whole else []
    if reader == 3:
        return stream.split(b"\n")[:-1] if stream.endswith(b"\n") else []
    found = []
    while len(stream) >= 4:
        length = int.from_bytes(stream[:4], "big")
        found.append(stream[4 : 4 + length])
        if len(found[-1]) < length:
            return []
        stream = stream[4 + length :]
    return [] if stream else found


def what_it_does(reader: int, pieces: Sequence[bytes], calls: int) -> list[str]:
    """What the reader's calls return on this stream, in words where they return nothing."""
    peer = Peer(Scenario("", "", sends=tuple(pieces)))
    sock = ScriptedSocket(peer.answer)
    did = []
    for _ in range(calls):
        try:
            did.append(repr(READERS[reader](sock)))
        except Stop:
            did.append("waits for ever")
        except struct.error:
            did.append("struct.error")
    return did
