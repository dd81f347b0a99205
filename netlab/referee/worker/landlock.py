"""Landlock (Linux 5.13 and later): no file but the standard library, no TCP, no signals."""

from __future__ import annotations

import ctypes
import os
import struct

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every processor
READ_FILE, READ_DIR = 1 << 2, 1 << 3
# rights on files known to version 1, 2, ... of the interface; ours must not name newer ones
RIGHTS = [(1 << 13) - 1, (1 << 14) - 1, (1 << 15) - 1, (1 << 15) - 1, (1 << 16) - 1]
BOTH_TCP = 3  # bind and connect, from version 4
ABSTRACT_SOCKETS_AND_SIGNALS = 3  # from version 6


def restrict(libc: ctypes.CDLL, readable: list[int]) -> int:
    """Allow reading below the open folders `readable` and nothing else; the version, or 0."""
    version: int = libc.syscall(CREATE_RULESET, None, 0, 1)
    if version < 1:
        return 0
    files = RIGHTS[min(version, len(RIGHTS)) - 1]
    tcp = BOTH_TCP if version >= 4 else 0
    scope = ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0
    attributes = struct.pack("QQQ", files, tcp, scope)[: 8 if version < 4 else 16]
    if version >= 6:
        attributes = struct.pack("QQQ", files, tcp, scope)
    ruleset = libc.syscall(CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return 0
    try:
        for folder in readable:
            rule = struct.pack("=Qi", READ_FILE | READ_DIR, folder)
            if libc.syscall(ADD_RULE, ruleset, 1, rule, 0) < 0:
                return 0
        return version if libc.syscall(RESTRICT_SELF, ruleset, 0) == 0 else 0
    finally:
        os.close(ruleset)
