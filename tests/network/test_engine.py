"""The live engine: hosts, links, programs and traces, asked for as netlab.Network asks."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import struct
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from netlab.background.child import Child
from tests.helpers import Footprint, program, returns_to
from tests.network.tools import TCP, UDP, Engine, chain, engine, live, star

pytestmark = live
LOST, FULL, DOUBLED, LATE = 1, 2, 3, 4


def run(net: Engine, host: str, *args: str, **env: str) -> tuple[int, str, str]:
    """Run a program on a host to its end: exit code, what it printed, its errors."""
    reply, (stdin, stdout, stderr, handle) = net.call_for_descriptors(
        "spawn", count=4, host=host, args=args, cwd=os.getcwd(), env={**os.environ, **env}
    )
    os.close(stdin)
    with open(stdout) as out, open(stderr) as err:
        printed, errors = out.read(), err.read()
    assert select.select([handle], [], [], 10)[0], "the program did not end"
    os.close(handle)
    return exit_code(net, reply["program"]), printed, errors


def exit_code(net: Engine, number: int) -> int:
    """A pidfd is ready a moment before the engine has waited for the program."""
    deadline = time.monotonic() + 5
    while (code := net.call("exit_code", program=number)["code"]) is None:
        assert time.monotonic() < deadline, "the exit code did not come"
    return int(code)


def datagrams(net: Engine, count: int, target: str, near: str = "a", far: str = "b") -> list[int]:
    """Send numbered datagrams; the numbers that arrive, in order."""
    with net.server(far, target, UDP) as receiver, net.connect(near, receiver) as sender:
        for number in range(1, count + 1):
            sender.send(struct.pack("!I", number))
        net.trace(quiet=0.05)
        receiver.setblocking(False)
        arrived = []
        try:
            while True:
                arrived.append(struct.unpack("!I", receiver.recv(100))[0])
        except BlockingIOError:
            return arrived


@pytest.mark.parametrize("ethernet", [False, True])
@pytest.mark.parametrize("far", ["10.0.1.2", "2001:db8:0:2::2"])
def test_hosts_connect_through_a_router(far: str, ethernet: bool) -> None:
    plan = chain("a", "r", "b", ipv6=True, ethernet=ethernet, delay=0.005)
    with engine(plan) as net, net.server("b", far) as server:
        net.connect("a", server).close()  # the first one may ask for its neighbours
        began = time.perf_counter()
        with net.connect("a", server) as sock:
            assert 0.020 <= time.perf_counter() - began < 0.060
            server.accept()[0].close()
            conn, _ = server.accept()
            with conn:
                conn.settimeout(5)
                sock.sendall(b"hello")
                assert conn.recv(100) == b"hello"
                conn.sendall(b"goodbye")
                assert sock.recv(100) == b"goodbye"


def test_an_idle_link_is_silent() -> None:
    plans = [chain("a", "r", "b", ipv6=True, ethernet=ethernet) for ethernet in (False, True)]
    with engine(plans[0]) as direct, engine(plans[1]) as ethernet:
        time.sleep(1.2)  # the kernel reports the groups it has joined within a second
        for net in direct, ethernet:
            assert [packet.data.hex() for packet in net.trace(0, 1)] == []


def test_a_rate_and_its_queue() -> None:
    with engine(chain("a", "b", rate=1e6, queue=5 * 1028)) as net:
        assert datagrams_of_kilobytes(net, 20) == 5
        fates = [packet.fate for packet in net.trace(0)]
        assert fates.count(FULL) == 15 and fates[:5] == [0] * 5
        seen = net.trace(0)
        for number, packet in enumerate(seen[:5], 1):  # each takes 8.224 ms to transmit
            assert packet.leaves - seen[0].arrived >= number * 8_224_000
        assert seen[4].leaves - seen[0].arrived < 5 * 8_224_000 + 10_000_000
        assert net.counters()[0]["full"] == 15 and net.counters()[0]["delivered"] == 5


def datagrams_of_kilobytes(net: Engine, count: int) -> int:
    with net.server("b", "10.0.0.2", UDP) as receiver, net.connect("a", receiver) as sender:
        for _ in range(count):
            sender.send(bytes(1000))
        net.trace()
        receiver.setblocking(False)
        arrived = 0
        try:
            while receiver.recv(2000):
                arrived += 1
        except BlockingIOError:
            return arrived
        return -1


@pytest.mark.parametrize("ethernet", [False, True])
def test_the_third_packet_is_lost_beside_chatter(ethernet: bool) -> None:
    with engine(chain("a", "b", ipv6=True, ethernet=ethernet, loss=[3])) as net:
        talk, device = net.socket("a", UDP), b"eth0" if ethernet else b"tun0"
        talk.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        with talk:
            for _ in range(2):
                for other in ("224.0.0.251", "255.255.255.255"):
                    talk.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device)
                    talk.sendto(b"anyone there?", (other, 5353))
        # b asks first, so that answers of a about itself are among the chatter
        assert datagrams(net, 1, "10.0.0.1", "b", "a") == [1]
        assert datagrams(net, 5, "10.0.0.2") == [1, 2, 4, 5]
        net.change(0, 0, loss=[3])  # counts anew
        assert datagrams(net, 1, "2001:db8:0:1::1", "b", "a") == [1]
        assert datagrams(net, 5, "2001:db8:0:1::2") == [1, 2, 4, 5]


def test_duplicates_and_late_packets() -> None:
    with engine(chain("a", "b", duplicate=[2], reorder=[4], delay=0.001)) as net:
        assert datagrams(net, 6, "10.0.0.2") == [1, 2, 2, 3, 5, 6, 4]
        seen = net.trace(0)
        assert [packet.fate for packet in seen] == [0, DOUBLED, 0, LATE, 0, 0]
        assert seen[1].leaves2 >= seen[1].leaves > seen[1].arrived
        assert all(packet.leaves - packet.arrived >= 1_000_000 for packet in seen)


def test_conditions_change_while_it_runs() -> None:
    with (
        engine(chain("a", "b", delay=0.2)) as net,
        net.server("b", "10.0.0.2", UDP) as receiver,
        net.connect("a", receiver) as sender,
    ):
        sender.send(b"first")
        while not net.counters()[0]["seen"]:
            pass
        net.change(0, 0, delay=0.0)
        began = time.perf_counter()
        sender.send(b"second")
        assert [receiver.recv(100), receiver.recv(100)] == [b"first", b"second"]
        assert time.perf_counter() - began > 0.1  # in flight it kept its time, and its place
        sender.send(b"third")
        receiver.settimeout(0.1)
        assert receiver.recv(100) == b"third"


def test_rows_of_a_trace() -> None:
    with engine(chain("a", "b", delay=0.01)) as net:
        before = time.time_ns()
        assert datagrams(net, 3, "10.0.0.2") == [1, 2, 3]
        seen = net.trace(0)
        assert [packet.length for packet in seen] == [32] * 3
        assert [packet.kept for packet in seen] == [32] * 3
        for number, packet in enumerate(seen, 1):
            assert before < packet.arrived < packet.arrived + 10_000_000 <= packet.leaves
            assert (packet.link, packet.direction, packet.fate, packet.leaves2) == (0, 0, 0, 0)
            assert packet.data[28:] == struct.pack("!I", number)
            udp = packet.data[20:]
            pseudo = packet.data[12:20] + struct.pack("!HH", 17, len(udp))
            assert int.from_bytes(pseudo + udp, "big") % 0xFFFF == 0  # its checksum verifies
        assert net.trace() == [] and net.trace(0)[0] == seen[0]


def test_large_pieces_only_where_nothing_counts_packets() -> None:
    with engine(chain("a", "b")) as net, net.server("b", "10.0.0.2") as server:
        with net.connect("a", server) as sock, server.accept()[0] as conn:
            for conditions in {}, {"rate": 1e9}:
                net.change(0, 0, **conditions)
                sock.sendall(bytes(200_000))
                left = 200_000
                while left:
                    left -= len(conn.recv(left))
            sizes = [packet.segment for packet in net.trace(0)]
        assert max(sizes) > 1000 and sizes[-1] == 0
        longest = max(packet.length for packet in net.trace(0) if not packet.segment)
        assert longest == 1500


def test_a_switch_learns() -> None:
    with engine(star(4)) as net:
        assert datagrams(net, 3, "10.0.0.2", "h1", "h2") == [1, 2, 3]
        asked = [packet for packet in net.trace(2, 3) if packet.data[12:14] == b"\x08\x06"]
        assert len(asked) == 2  # the question for an address goes everywhere
        assert not [packet for packet in net.trace(2, 3) if packet.data[12:14] == b"\x08\x00"]
        assert len([p for p in net.trace(0, 1) if p.data[12:14] == b"\x08\x00"]) == 6


def test_programs_on_hosts(tmp_path: Path) -> None:
    with engine(chain("a", "r", "b")) as net:
        show = "import os; print(os.environ['WORD'], os.getcwd()); raise SystemExit(7)"
        assert run(net, "a", sys.executable, "-c", show, WORD="hello") == (
            7,
            f"hello {os.getcwd()}\n",
            "",
        )
        devices = run(net, "r", "cat", "/proc/self/net/dev")[1]
        assert "tun0" in devices and "tun1" in devices and "tun2" not in devices
        with pytest.raises(OSError, match="no-such-program"):
            run(net, "a", "no-such-program")
        for number, code in ((signal.SIGTERM, -15), (signal.SIGINT, -2), (signal.SIGKILL, -9)):
            reply, descriptors = net.call_for_descriptors(
                "spawn", count=4, host="a", args=["sleep", "60"], cwd="/", env=dict(os.environ)
            )
            assert net.call("exit_code", program=reply["program"])["code"] is None
            net.call("signal", program=reply["program"], signal=number)
            assert select.select([descriptors[3]], [], [], 5)[0]
            assert exit_code(net, reply["program"]) == code
            net.call("signal", program=reply["program"], signal=9)  # nobody is there: no error
            for descriptor in descriptors:
                os.close(descriptor)


def test_twenty_networks_leave_nothing() -> None:
    with engine(chain("a", "b")):
        pass
    here = Footprint.of()
    for _ in range(20):
        with engine(chain("a", "b")) as net, net.server("b", "10.0.0.2") as server:
            net.connect("a", server).close()
            run(net, "a", "true")
            net.trace(0, quiet=0)
    returns_to(here)


def test_commands_leave_no_descriptors_in_the_engine() -> None:
    with engine(chain("a", "b")) as net:

        def held() -> int:
            inner = Path(f"/proc/{net.pid}/task/{net.pid}/children").read_text().split()[0]
            return len(os.listdir(f"/proc/{inner}/fd"))

        for turn in range(12):
            with net.server("b", "10.0.0.2") as server:
                net.connect("a", server).close()
            run(net, "a", "true")
            with pytest.raises(OSError):
                run(net, "a", "no-such-program")
            net.trace(0, quiet=0)
            if turn == 1:
                before = held()
        assert held() == before


def test_no_socket_opens_in_the_machines_own_network() -> None:
    def mine() -> set[str]:
        tables = [Path(f"/proc/net/{name}") for name in ("tcp", "udp", "tcp6", "udp6")]
        return {line.split()[9] for path in tables for line in path.read_text().splitlines()[1:]}

    with engine(chain("a", "b", ipv6=True)) as net:
        home = os.stat("/proc/self/ns/net").st_ino
        inodes = set()
        for address in ("10.0.0.2", "2001:db8:0:1::2"):
            for kind in (TCP, UDP):
                with net.server("b", address, kind) as server, net.connect("a", server) as sock:
                    inodes |= {str(os.fstat(one.fileno()).st_ino) for one in (server, sock)}
                    assert not inodes & mine()
        for host in "a", "b":
            link = run(net, host, "readlink", "/proc/self/ns/net")[1]
            assert str(home) not in link


def test_names_that_nobody_has() -> None:
    with engine(chain("a", "b")) as net:
        with pytest.raises(OSError, match="no host is called 'c'; there are a, b"):
            net.socket("c")
        with pytest.raises(OSError):
            net.call("change", link=7, direction=0, conditions={})
        assert datagrams(net, 1, "10.0.0.2") == [1]


@pytest.mark.parametrize(
    ("what", "wrong", "says"),
    [
        ("addresses", ["10.0.0.1"], None),
        ("addresses", ["10.0.0.300/30"], "10.0.0.300"),
        ("mtu", 2, "mtu 2"),
    ],
)
def test_bad_plans(what: str, wrong: Any, says: str | None) -> None:
    plan = chain("a", "b")
    plan["hosts"][0]["interfaces"][0][what] = wrong
    if says is None:
        with engine(plan):
            return
    with pytest.raises(OSError, match=says), engine(plan):
        pass


def test_an_unreachable_route_is_named() -> None:
    plan = chain("a", "b")
    plan["hosts"][0]["routes"] = [{"to": "0.0.0.0/0", "via": "10.9.9.9", "interface": "tun0"}]
    with pytest.raises(OSError, match=r"route to 0\.0\.0\.0/0 via 10\.9\.9\.9: "), engine(plan):
        pass


def test_what_forbids_namespaces_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more level of user namespaces than the limit that is set here."""
    source = """
import ctypes, os, json
from netlab.background.child import Child
libc = ctypes.CDLL(None)
uid = os.geteuid()
assert libc.unshare(0x10000000) == 0
open("/proc/self/setgroups", "w").write("deny")
open("/proc/self/uid_map", "w").write(f"0 {uid} 1")
open("/proc/sys/user/max_user_namespaces", "w").write("0")
try:
    Child("network")
except OSError as error:
    print(json.dumps([error.strerror, error.errno]))
"""
    with program(source) as process:
        text, code = json.loads(process.communicate(timeout=20)[0])
    assert text.startswith("unshare: ") and code


def test_descriptors_travel_to_a_child_too(tmp_path: Path) -> None:
    with engine(chain("a", "b")) as net, open(tmp_path / "file", "w") as file:
        with pytest.raises(OSError, match="unexpected keyword argument 'descriptors'"):
            net.call("counters", descriptors=[file.fileno()])
        assert datagrams(net, 1, "10.0.0.2") == [1]  # the channel is still in step


def test_two_networks_alike_at_once() -> None:
    with engine(chain("a", "b")) as one, engine(chain("a", "b")) as other:
        assert datagrams(one, 2, "10.0.0.2") == datagrams(other, 2, "10.0.0.2") == [1, 2]
        assert len(one.trace(0)) == len(other.trace(0)) == 2
        assert isinstance(one, Child)
