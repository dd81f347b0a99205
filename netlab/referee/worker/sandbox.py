"""Closing the worker in before it meets the answer, as far as this system allows."""

from __future__ import annotations

import ctypes
import os
import sys

NOBODY = 65534
MEMORY = 512 * 1024 * 1024  # bytes of address space
CPU, FILES = 60, 32  # seconds of processor time, open files
SET_DUMPABLE, SET_NO_NEW_PRIVS = 4, 38


def close() -> str:
    """Give up all that an answer does not need; say in one word and one sentence what holds.

    "process": a process of its own, nothing else. "limits": also bounded in memory, time, files,
    and without children. "closed": also no file but the standard library, no network, no signals.
    """
    if os.name != "posix":
        return "process: only a process of its own; files and network are open"
    folders = [os.open(folder, os.O_RDONLY) for folder in sys.path if os.path.isdir(folder)]
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    user = ""
    if os.geteuid() == 0:
        _become_nobody(libc, folders)
        user = f", as user {NOBODY}"
    landlock, seccomp = 0, False
    if libc is not None:
        from netlab.referee.worker import landlock as files
        from netlab.referee.worker import seccomp as calls

        libc.prctl(SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        landlock = files.restrict(libc, [*folders, *_shared_libraries()])
        seccomp = calls.restrict(libc)
    _limit()
    if landlock and seccomp:
        return f"closed: no files, no network, no signals, no other programs{user}"
    kept = [
        word for word, is_open in (("files", not landlock), ("network", not seccomp)) if is_open
    ]
    return f"limits: bounded memory, time and processes; {' and '.join(kept)} open{user}"


def _become_nobody(libc: ctypes.CDLL | None, folders: list[int]) -> None:
    """Root must not run an answer. The library may lie where only root can look, below /root:
    it stays in reach through the folders that are open already."""
    if libc is not None:
        names = [folder for folder in sys.path if os.path.isdir(folder)]
        for name, folder in zip(names, folders, strict=True):
            _move(name, f"/proc/self/fd/{folder}")
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    if libc is not None:
        libc.prctl(SET_DUMPABLE, 1, 0, 0, 0)


def _move(old: str, new: str) -> None:
    sys.path[:] = [new if folder == old else folder for folder in sys.path]
    for module in list(sys.modules.values()):
        if hasattr(module, "__path__"):
            module.__path__ = [
                new + folder[len(old) :] if folder.startswith(old + os.sep) else folder
                for folder in module.__path__
            ]


def _shared_libraries() -> list[int]:
    """What modules of the standard library link to: OpenSSL and the like."""
    folders = (
        "/lib",
        "/lib64",
        "/usr/lib",
        "/usr/lib64",
        "/usr/local/lib",
        sys.base_prefix + "/lib",
    )
    return [os.open(folder, os.O_RDONLY) for folder in folders if os.access(folder, os.R_OK)]


def _limit() -> None:
    import resource

    limits = {"CORE": 0, "CPU": CPU, "NOFILE": FILES, "FSIZE": 1_000_000, "NPROC": 0, "AS": MEMORY}
    for name, limit in limits.items():
        try:
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))
        except (AttributeError, ValueError, OSError):
            pass  # macOS knows no limit of memory
