"""Whether the live network can run here, and if not, why, and what would enable it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SWITCH = "NETLAB_NO_NETWORK"
CONTAINER = (
    "start the container with --device /dev/net/tun --security-opt seccomp=unconfined "
    "--security-opt apparmor=unconfined --security-opt systempaths=unconfined"
)
SYSCTLS = (  # file, what it says where the network cannot run, the command that enables it
    (
        "kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    ),
    ("kernel/unprivileged_userns_clone", "0", "sudo sysctl -w kernel.unprivileged_userns_clone=1"),
    ("user/max_user_namespaces", "0", "sudo sysctl -w user.max_user_namespaces=10000"),
)


@dataclass(frozen=True)
class Availability:
    """True where the live network runs. reason: why it does not; cure: what would enable it."""

    reason: str = ""
    cure: str = ""

    def __bool__(self) -> bool:
        return not self.reason

    def __repr__(self) -> str:
        if self:
            return (
                "The live network runs on this machine: "
                "every host below has its own TCP/IP, and every packet is real."
            )
        lines = [
            f"The live network cannot run here: {self.reason}.",
            "What you see below was recorded on Linux: real packets, but not from this machine.",
        ]
        return "\n".join([*lines, f"To have it live: {self.cure}."] if self.cure else lines)


def available() -> Availability:
    """Whether the live network can run here; printed, it says why not and what would enable it."""
    if os.environ.get(SWITCH):
        return Availability(f"the environment variable {SWITCH} is set", f"unset {SWITCH}")
    return _ask_the_system()


@cache
def _ask_the_system() -> Availability:
    if sys.platform == "win32":
        return Availability("it needs Linux", "install Linux beside Windows with: wsl --install")
    if sys.platform != "linux":
        return Availability("it needs Linux", "run the course in a virtual machine with Linux")
    if not os.access("/dev/net/tun", os.R_OK | os.W_OK):
        if not os.path.exists("/dev/net/tun"):
            cure = CONTAINER if _in_container() else "sudo modprobe tun"
            return Availability("there is no device /dev/net/tun", cure)
        return Availability("/dev/net/tun is closed to you", "sudo chmod 666 /dev/net/tun")
    from netlab.background.child import Child, ChildError

    try:
        Child("network").close()
    except (OSError, ChildError) as error:
        why = getattr(error, "strerror", None) or error
        return Availability(f"this system forbids it ({why})", _cure())
    return Availability()


def _cure() -> str:
    """The command that lifts the usual ban: Ubuntu's, old Debian's, or a container's."""
    for name, forbids, command in SYSCTLS:
        if os.geteuid() == 0 and "apparmor" in name:
            continue
        try:
            if Path("/proc/sys", name).read_text("ascii").strip() == forbids:
                return command
        except OSError:
            continue
    return CONTAINER if _in_container() else ""


def _in_container() -> bool:
    return any(os.path.exists(mark) for mark in ("/.dockerenv", "/run/.containerenv"))
