"""A world of our own, without root: user, process and network namespaces (Linux).

`isolate` runs in a fresh process that has no thread yet. What it returns in is process 1 of a new
process namespace: when that ends, however it ends, the kernel kills all that it started.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from netlab.network.device import open_tun
from netlab.network.netlink import configure, loopback_up

_NEWUSER, _NEWPID, _NEWNET = 0x10000000, 0x20000000, 0x40000000  # <linux/sched.h>
_PDEATHSIG, _TIMERSLACK = 1, 29  # <linux/prctl.h>
_libc = ctypes.CDLL(None, use_errno=True)


def isolate(lifeline: int) -> None:
    """Return as process 1 of new namespaces; OSError naming the call that was refused.

    `lifeline` is a pidfd of the notebook's kernel: the process left outside waits for it.
    """
    user, group = os.geteuid(), os.getegid()
    _call("unshare", _NEWUSER | _NEWNET | _NEWPID)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"0 {user} 1"),
        ("gid_map", f"0 {group} 1"),
    ):
        with _named(f"write /proc/self/{name}"):
            write(f"/proc/self/{name}", text)
    guard = os.pidfd_open(os.getpid())
    if inner := os.fork():
        _guard(inner, lifeline)
    _call("prctl", _PDEATHSIG, signal.SIGKILL)
    if select.select([guard], [], [], 0)[0]:
        os._exit(1)  # it ended before we asked to end with it
    os.close(guard)
    # a handler, because the programs that we start would inherit an ignored signal
    signal.signal(signal.SIGINT, lambda *_: None)
    with _named("bring up lo"):
        configure([loopback_up()])
    with _named("open /dev/net/tun"):
        os.close(open_tun())
    with _named("write /proc/sys/net"):  # Docker and others let nobody write there
        set_kernel("ipv4/ip_forward", 0)
    home = this_network()
    enter_network(home)
    os.close(home)


def _guard(inner: int, lifeline: int) -> None:
    """Outside: wait for the first to end, the notebook's kernel or the process inside."""
    ended = os.pidfd_open(inner)
    select.select([ended, lifeline], [], [])
    os.kill(inner, signal.SIGKILL)  # not yet waited for, so the number is still its own
    os._exit(os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1]) & 0xFF)


def new_network() -> int:
    """Move this thread into a new, empty network; a descriptor that keeps it and leads back."""
    _call("unshare", _NEWNET)
    return this_network()


def this_network() -> int:
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)


def enter_network(network: int) -> None:
    """Move this thread, and what it will start, into a network."""
    _call("setns", network, _NEWNET)


@contextmanager
def inside(network: int, home: int) -> Iterator[None]:
    """Run a block in `network`, then return to `home`."""
    enter_network(network)
    try:
        yield
    finally:
        enter_network(home)


def precise_timers() -> None:
    """Let this thread's waits end on time: Linux groups them to 50 microseconds otherwise."""
    _call("prctl", _TIMERSLACK, 1)


def set_kernel(setting: str, value: object) -> None:
    """Set `setting`, such as "ipv4/ip_forward", of the network this thread is in."""
    write(f"/proc/sys/net/{setting}", str(value))


def write(path: str, text: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


def _call(name: str, *arguments: int) -> None:
    if getattr(_libc, name)(*arguments) < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


@contextmanager
def _named(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, f"{what}: {error.strerror}") from error
