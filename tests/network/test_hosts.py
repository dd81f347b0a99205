"""The handles: hosts, their sockets, servers and programs, and what bad input is told."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import socket
import sys
import threading
import urllib.error
from pathlib import Path
from typing import Any

import pytest

from netlab import EchoServer, Network, Relay, Reply, UdpEchoServer, WebServer, serve
from netlab.network.available import available
from tests.network.tools import live
from tests.tools import need

pytestmark = live


def here() -> set[str]:
    """The TCP and UDP sockets that this process has in the machine's own network, as /proc lists
    them; other programs' come and go."""
    ours = {os.readlink(f"/proc/self/fd/{number}") for number in descriptors()}
    rows: set[str] = set()
    for name in ("tcp", "tcp6", "udp", "udp6"):
        lines = Path("/proc/thread-self/net", name).read_text("ascii").splitlines()[1:]
        rows |= {line for line in lines if f"socket:[{line.split()[9]}]" in ours}
    return rows


def descriptors() -> list[int]:
    """The open descriptors of this process."""
    found = []
    for number in map(int, os.listdir("/proc/self/fd")):
        try:
            os.fstat(number)
        except OSError:
            continue  # the one that listed the others
        found.append(number)
    return found


def test_a_host_is_asked_by_its_name() -> None:
    with Network("alice -- r1 -- bob") as net:
        assert [host.name for host in net] == ["alice", "r1", "bob"]
        assert net["alice"].address == "198.51.100.1"
        assert net["r1"].addresses == ["198.51.100.2", "198.51.100.5"]
        with pytest.raises(KeyError, match=r"no host 'carol'.*it has alice, r1, bob"):
            net["carol"]
        with pytest.raises(ValueError, match="ipv6=True"):
            _ = net["bob"].address6
        assert repr(net) == "<Network of alice, r1, bob, running>"
    assert repr(net) == "<Network of alice, r1, bob, closed>"
    with pytest.raises(ConnectionError, match="this network is closed; run the cell"):
        net["alice"].connect(("198.51.100.6", 80))


def test_routes_are_shown_as_the_kernel_has_them() -> None:
    need("ip")
    with Network("alice -- r1 -- r2 -- bob") as net:
        assert net["alice"].routes == [
            "198.51.100.0/30 dev tun0",
            "default via 198.51.100.2 dev tun0",
        ]
        for host in net:
            lines = host.run(["ip", "route"]).stdout.splitlines()
            kernel = {re.sub(r" (proto|scope|src) \S+", "", line).strip() for line in lines}
            assert set(host.routes) == kernel


def test_every_server_of_netlab_runs_on_a_host() -> None:
    def shout(conn: socket.socket) -> None:
        conn.sendall(conn.recv(100).upper())

    with Network("alice -- bob") as net:
        alice, bob = net.hosts
        with EchoServer(host=bob) as echo, serve(shout, host=bob) as shouting:
            for server, reply in ((echo, b"hi"), (shouting, b"HI")):
                assert server.address[0] == bob.address
                assert server.vehicle == "rootless network"
                with alice.connect(server) as sock:
                    sock.sendall(b"hi")
                    assert sock.recv(2) == reply
                assert [r.event for r in server.log][:2] == ["connected", "received"]
        with UdpEchoServer(host=bob) as udp, alice.socket(type=socket.SOCK_DGRAM) as sock:
            sock.settimeout(5)
            sock.sendto(b"datagram", udp.address)
            assert sock.recvfrom(100) == (b"datagram", udp.address)
        with WebServer({"/": "page"}, host=bob, events=True) as web:
            assert alice.opener().open(web.url, timeout=5).read() == b"page"
            assert "Request" in web.events[0]
        with pytest.raises(ValueError, match="loopback"):
            Relay((bob.address, 80))


def test_no_socket_of_a_host_ever_opens_in_the_machines_own_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """http.client opens a new socket after `Connection: close`: it must be the host's, too."""

    def forbidden(*_: Any, **__: Any) -> Any:
        raise AssertionError("a socket was opened outside the network")

    monkeypatch.setattr(socket, "create_connection", forbidden)
    before = here()
    routes = {
        "/": Reply(body="hello", fields={"Connection": "close"}),
        "/moved": Reply(status=302, fields={"Location": "/"}),
    }
    with Network("alice -- bob") as net:
        alice, bob = net.hosts
        with WebServer(routes, host=bob) as web:
            client = alice.http(web)
            for _ in range(3):
                client.request("GET", "/")
                assert client.getresponse().read() == b"hello"
            client.close()
            opener = alice.opener()
            assert opener.open(f"{web.url}/moved", timeout=5).read() == b"hello"
            with pytest.raises(urllib.error.HTTPError, match="404"):
                opener.open(f"{web.url}/nowhere", timeout=5)
            with pytest.raises(urllib.error.URLError, match="unknown url type"):
                opener.open("ftp://example.test/", timeout=5)
            sock = alice.connect(web)
            assert here() == before
            sock.close()
            with socket.create_server(("127.0.0.1", 0)):
                assert here() != before, "this test would see one"
            peers = {record.peer[0] for record in web.log}
        assert peers == {alice.address}
        # and nothing of this machine answers there: its loopback is its own
        with EchoServer() as outside, pytest.raises(OSError):
            alice.connect(outside.address, timeout=2)


def test_asyncio_takes_a_hosts_socket() -> None:
    async def talk(sock: socket.socket) -> bytes:
        sock.setblocking(False)
        reader, writer = await asyncio.open_connection(sock=sock)
        writer.write(b"ping")
        data = await reader.readexactly(4)
        writer.close()
        return data

    with Network("alice -- bob") as net, EchoServer(host=net["bob"]) as server:
        assert asyncio.run(talk(net["alice"].connect(server))) == b"ping"


def test_a_host_listens_for_a_learners_own_server() -> None:
    with Network("alice -- bob") as net:
        alice, bob = net.hosts
        listener = bob.listen()
        with alice.connect(listener.getsockname()) as sock:
            conn, peer = listener.accept()
            assert peer[0] == alice.address
            conn.sendall(b"welcome")
            assert sock.recv(100) == b"welcome"
            conn.close()
        listener.close()


def test_programs_run_on_a_host() -> None:
    with Network("alice -- bob") as net:
        alice = net["alice"]
        done = alice.run(["cat"], input="fed")
        assert (done.returncode, done.stdout, done.stderr) == (0, "fed", "")
        assert alice.run(["sh", "-c", "echo no >&2; exit 3"]).returncode == 3
        devices = alice.run(["cat", "/proc/net/dev"]).stdout
        assert re.findall(r"^ *(\w+):", devices, re.MULTILINE) == ["lo", "tun0"]
        with alice.popen(["sh", "-c", "read line; echo got $line"]) as program:
            assert program.poll() is None
            program.stdin.write("tea\n")
            assert program.stdout.readline() == "got tea\n"
            assert program.wait(5) == 0
        with pytest.raises(FileNotFoundError):
            alice.run(["no-such-program"])
        with pytest.raises(TypeError, match="expected a list such as"):
            alice.run("ip route")
        with pytest.raises(TimeoutError, match=r"still runs after 0\.1 s"):
            alice.run(["sleep", "60"], timeout=0.1)
        forgotten = alice.popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with pytest.raises(ConnectionError):
        forgotten.terminate()
    forgotten.close()


def test_one_direction_of_one_link_changes_while_it_runs() -> None:
    with Network("alice -- bob") as net:
        alice, bob = net.hosts
        with UdpEchoServer(host=bob) as server, alice.socket(type=socket.SOCK_DGRAM) as sock:
            sock.settimeout(0.5)
            sock.connect(server.address)

            def answered(count: int) -> list[int]:
                for number in range(1, count + 1):
                    sock.send(b"%d" % number)
                got = []
                try:
                    while len(got) < count:
                        got.append(int(sock.recv(10)))
                except TimeoutError:
                    pass
                return got

            assert answered(4) == [1, 2, 3, 4]
            net.change("alice -> bob", loss=[3])
            assert answered(4) == [1, 2, 4]
            net.change("alice <- bob", loss=[1])
            assert answered(4) == [2, 3, 4], "the third packet of alice -> bob has passed"
            net.change(loss=0.0)
            assert answered(4) == [1, 2, 3, 4]
        with pytest.raises(TypeError, match="'speed'"):
            net.change(speed=3)
        with pytest.raises(ValueError, match="loss"):
            net.change(loss=2)
        with pytest.raises(LookupError, match="carol"):
            net.change("alice -- carol", delay=0.1)


def test_ipv6_and_two_chains_without_a_way_between_them() -> None:
    with Network("alice -- bob\ncarol -- dave", ipv6=True) as net:
        alice, bob, carol, _ = net.hosts
        listener = bob.socket(socket.AF_INET6)
        listener.bind((bob.address6, 0))
        listener.listen()
        with alice.connect(listener.getsockname()[:2]) as sock:
            assert sock.getpeername()[0] == bob.address6
        listener.close()
        with pytest.raises(OSError, match=r"alice has no route to .*Display the network") as told:
            alice.connect((carol.address, 80))
        assert told.value.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH)


def test_two_networks_at_once_with_the_same_topology() -> None:
    nets = [Network("alice -- bob") for _ in range(2)]
    answers: list[bytes] = []

    def talk(number: int) -> None:
        alice, bob = nets[number].hosts
        with EchoServer(host=bob) as server, alice.connect(server) as sock:
            sock.sendall(b"%d" % number)
            answers.append(sock.recv(1))

    threads = [threading.Thread(target=talk, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    for net in nets:
        net.close()
    assert sorted(answers) == [b"0", b"1"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("",), "expected"),
        (("alice -- alice",), "alice"),
        (("alice",), "alice"),
        ((" -- ".join(f"h{n}" for n in range(1000)),), "100"),
        (("alice -- switch -- bob",), "ethernet=True"),
    ],
)
def test_bad_topologies_get_one_sentence(arguments: tuple[str], told: str) -> None:
    with pytest.raises((ValueError, TypeError, LookupError), match=told) as error:
        Network(*arguments)
    assert "\n" not in str(error.value)


def test_where_it_cannot_run_it_says_why_and_what_would_help(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert available()
    assert "every packet is real" in repr(available())
    from netlab.network import available as module

    exists, access = os.path.exists, os.access

    def tried() -> module.Availability:
        module._ask_the_system.cache_clear()
        return available()

    try:
        monkeypatch.setattr(os, "access", lambda p, m: p != "/dev/net/tun" and access(p, m))
        assert tried().reason == "/dev/net/tun is closed to you"
        monkeypatch.setattr(os.path, "exists", lambda p: p != "/dev/net/tun" and exists(p))
        assert tried().reason == "there is no device /dev/net/tun"
        assert re.search("modprobe|--device /dev/net/tun", tried().cure)
        monkeypatch.undo()

        def refuse(mode: str) -> None:
            raise OSError(errno.EPERM, "unshare: Operation not permitted")

        monkeypatch.setattr("netlab.background.child.Child", refuse)
        assert "unshare: Operation not permitted" in tried().reason
        assert "cannot run here" in repr(tried())
        with pytest.raises(OSError, match="this system forbids it"):
            Network("alice -- bob")
        monkeypatch.undo()
        monkeypatch.setattr(sys, "platform", "win32")
        assert "wsl --install" in tried().cure
    finally:
        monkeypatch.undo()
        module._ask_the_system.cache_clear()
