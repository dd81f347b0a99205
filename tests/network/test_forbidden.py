"""Where the system forbids the live network, one sentence says so, and the recording plays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers import program
from tests.network.tools import live

SHIPPED = Path(__file__).parent / "recordings" / "scenario.json"
OWN_SYSTEM = """
import ctypes, json, os, sys
libc, uid, gid = ctypes.CDLL(None, use_errno=True), os.geteuid(), os.getegid()

def mount(source, target, kind, flags):
    assert libc.mount(source, target, kind, flags, None) == 0, os.strerror(ctypes.get_errno())

assert libc.unshare(0x10000000 | 0x20000) == 0  # users and mounts of our own
for name, text in ("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1"):
    open(f"/proc/self/{name}", "w").write(text)
BIND, READ_ONLY_BIND = 4096, 4096 | 32 | 1
"""
NO_DEVICE = 'mount(b"none", b"/dev/net", b"tmpfs", 0)'
NO_NAMESPACES = 'open("/proc/sys/user/max_user_namespaces", "w").write("0")'
READ_ONLY = """
mount(b"/proc/sys", b"/proc/sys", None, BIND)
mount(None, b"/proc/sys", None, READ_ONLY_BIND | 2 | 4 | 8)
"""
ASK = """
from netlab import EchoServer, Network
with Network("alice -- bob", recording=sys.argv[1]) as net:
    with EchoServer(host=net["bob"]) as echo, net["alice"].connect(echo) as sock:
        sock.sendall(b"hello")
        print(json.dumps([Network.available().reason, net.vehicle, sock.recv(100).decode()]))
"""


@live
@pytest.mark.parametrize(
    ("forbid", "told"),
    [
        (NO_DEVICE, "there is no device /dev/net/tun"),
        (NO_NAMESPACES, "this system forbids it (unshare: No space left on device)"),
        (READ_ONLY, "this system forbids it (write /proc/sys/net: Read-only file system)"),
    ],
    ids=["no device", "no namespaces", "read-only /proc/sys, as in Docker"],
)
def test_it_is_said_and_the_recording_plays(forbid: str, told: str) -> None:
    with program(OWN_SYSTEM + forbid + ASK, SHIPPED) as process:
        reason, vehicle, reply = json.loads(process.communicate(timeout=30)[0])
    assert reason == told
    assert vehicle.startswith("recorded on Linux ")
    assert "hello".startswith(reply) and reply
