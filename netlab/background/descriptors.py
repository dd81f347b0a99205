"""Descriptors that travel between the kernel and a child, over a Unix socket beside the pipes."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence

_TAG = 8  # bytes: the number of the request that they belong to


def give(channel: socket.socket, number: int, descriptors: Sequence[int]) -> None:
    """Send copies, to be taken with the request or the reply of this number."""
    socket.send_fds(channel, [number.to_bytes(_TAG, "big")], descriptors)


def take(channel: socket.socket, number: int, count: int) -> list[int]:
    """The `count` descriptors of this number; what a request that was given up left is closed."""
    while True:
        tag, descriptors, _, _ = socket.recv_fds(channel, _TAG, count)
        if int.from_bytes(tag, "big") == number and len(descriptors) == count:
            break
        for descriptor in descriptors:
            os.close(descriptor)
        if not tag:
            raise OSError(f"the channel ended before the {count} descriptors of request {number}")
    for descriptor in descriptors:
        os.set_inheritable(descriptor, False)
    return descriptors
