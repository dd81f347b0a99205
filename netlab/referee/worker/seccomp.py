"""A seccomp filter (Linux): no sockets, no other programs, no signals, no look at other processes.

Landlock leaves UDP, local sockets and, before version 6, signals open: this closes them.
"""

from __future__ import annotations

import ctypes
import os
import struct

SET_SECCOMP, FILTER = 22, 2
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000  # REFUSE is the error EPERM
# a processor's number, its highest system call, and these: socket, connect, bind, socketpair,
# execve, kill, ptrace, rt_sigqueueinfo, tkill, tgkill, rt_tgsigqueueinfo, process_vm_readv,
# process_vm_writev, execveat
X86_64 = (0xC000003E, 0x3FFFFFFF, [41, 42, 49, 53, 59, 62, 101, 129, 200, 234, 297, 310, 311, 322])
AARCH64 = (
    0xC00000B7,
    0xFFFFFFFE,
    [198, 203, 200, 199, 221, 129, 117, 138, 130, 131, 240, 270, 271, 281],
)
# the same number everywhere: pidfd_send_signal, io_uring_setup, pidfd_getfd, process_madvise
COMMON = [424, 425, 438, 440]


def restrict(libc: ctypes.CDLL) -> bool:
    """Refuse those calls from now on; False where this processor or kernel does not allow it."""
    machine = os.uname().machine
    if machine not in ("x86_64", "aarch64"):
        return False
    architecture, highest, refused = X86_64 if machine == "x86_64" else AARCH64
    refused = [*refused, *COMMON]

    def step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
        return struct.pack("HBBI", code, if_true, if_false, value)

    program = [
        step(LOAD, 4),  # the processor's number
        step(EQUAL, architecture, 1, 0),
        step(RETURN, KILL),
        step(LOAD, 0),  # the number of the call
        step(AT_LEAST, highest + 1, len(refused) + 1, 0),
    ]
    for left, number in enumerate(reversed(refused)):
        program.insert(5, step(EQUAL, number, left + 1, 0))
    program += [step(RETURN, ALLOW), step(RETURN, REFUSE)]
    code = ctypes.create_string_buffer(b"".join(program))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    return bool(libc.prctl(SET_SECCOMP, FILTER, header, 0, 0) == 0)
