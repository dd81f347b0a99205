"""The UDP relay: every datagram meets the fate that the link model gives it, and in time."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import pytest

from netlab import EchoServer, Relay, UdpEchoServer, ping
from netlab.wire.model import Conditions, Link

QUIET = 0.3  # seconds without a datagram that end a test's wait


@contextmanager
def inbox(host: str = "127.0.0.1") -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as sock:
        sock.bind((host, 0))
        sock.settimeout(QUIET)
        yield sock


def numbers(sock: socket.socket) -> list[int]:
    came = []
    try:
        while True:
            came.append(int(sock.recv(65536)))
    except TimeoutError:
        return came


def through(count: int, **asked: Any) -> list[int]:
    """The numbers that come out, of these many sent at once."""
    with inbox() as reader, inbox() as sender, Relay(reader, **asked) as relay:
        for number in range(1, count + 1):
            sender.sendto(b"%d" % number, relay.address)
        return numbers(reader)


def test_named_datagrams_are_lost_doubled_and_late() -> None:
    came = through(10, delay=0.1, loss=[3], duplicate=[5], reorder=[8])
    assert came == [1, 2, 4, 5, 5, 6, 7, 9, 10, 8]


@pytest.mark.parametrize(
    "asked",
    [
        {"loss": 0.3, "seed": 7},
        {"loss": {"p": 0.1, "r": 0.3}, "seed": 7},
        {"duplicate": 0.3, "seed": 7},
        {"loss": 0.2, "duplicate": 0.2, "seed": 8},
    ],
)
def test_dice_fall_as_in_the_model(asked: dict[str, Any]) -> None:
    """The fates of a direction's datagrams are the model's own, for the same name and seed."""
    link = Link(Conditions(**asked), "there")
    wanted = [n for n in range(1, 201) for _ in link.packet(0.0, 3).times]
    assert through(200, **asked) == wanted


def test_the_two_directions_have_their_own_dice() -> None:
    conditions = Conditions(loss=0.2, seed=1)
    there, back = Link(conditions, "there"), Link(conditions, "back")
    passed = [bool(there.packet(0, 9).times) and bool(back.packet(0, 9).times) for _ in range(300)]
    with UdpEchoServer() as server, Relay(server, loss=0.2, seed=1) as relay:
        samples = ping(relay, count=300, interval=0.0005, timeout=0.5, warmup=0)
    assert [sample.received is not None for sample in samples.samples] == passed


def test_bursts_lose_rows() -> None:
    came = set(through(200, loss={"p": 0.02, "r": 0.1}, seed=3))
    rows = [len(list(row)) for lost, row in groupby(n not in came for n in range(1, 201)) if lost]
    assert rows and max(rows) >= 5


def test_a_delay_is_kept_and_never_early() -> None:
    with UdpEchoServer() as server, Relay(server, delay=0.010) as relay:
        samples = ping(relay, count=50)
        assert samples.lost == 0 and min(samples.rtts) >= 0.020 and samples.median < 0.060
        assert relay.round_trip == 0.020 and relay.label == "UDP relay, 10 ms each way"
        assert relay.transport == "udp" and relay.vehicle == "relay: UDP datagrams"


def test_a_full_queue_drops_and_the_rest_takes_its_time() -> None:
    with inbox() as reader, inbox() as sender, Relay(reader, rate=1e6, queue=15_000) as relay:
        began = time.perf_counter()
        for _ in range(50):
            sender.sendto(bytes(999) + b"1", relay.address)
        came, last = 0, began
        try:
            while reader.recv(65536):
                came, last = came + 1, time.perf_counter()
        except TimeoutError:
            pass
        assert 15 <= came < 40 and last - began >= 15 * 0.008
        full = [record for record in relay.log if "queue full" in record.event]
        assert len(full) == 50 - came


def test_conditions_change_while_it_runs_and_count_from_one() -> None:
    with inbox() as reader, inbox() as sender, Relay(reader, loss=1.0) as relay:
        sender.sendto(b"1", relay.address)
        assert numbers(reader) == []
        relay.change(loss=[2])
        for number in range(1, 4):
            sender.sendto(b"%d" % number, relay.address)
        assert numbers(reader) == [1, 3]


def test_the_log_says_what_befell_which() -> None:
    with inbox() as reader, inbox() as sender, Relay(reader, loss=[1], duplicate=[2]) as relay:
        for number in range(1, 4):
            sender.sendto(b"%d" % number, relay.address)
        assert numbers(reader) == [2, 2, 3]
        assert [record.event for record in relay.log] == [
            "datagram 1 on the way there: lost",
            "datagram 2 on the way there: duplicated",
        ]


def test_each_client_gets_its_own_answers() -> None:
    with UdpEchoServer() as server, Relay(server) as relay, inbox() as one, inbox() as two:
        one.sendto(b"1", relay.address)
        two.sendto(b"2", relay.address)
        assert one.recvfrom(9) == (b"1", relay.address)
        assert two.recvfrom(9) == (b"2", relay.address)


def test_many_clients_are_served_and_the_oldest_forgotten() -> None:
    with UdpEchoServer() as server, Relay(server) as relay:
        for number in range(250):
            with inbox() as sock:
                sock.sendto(b"%d" % number, relay.address)
                assert sock.recv(9) == b"%d" % number
        if sys.platform == "linux":
            assert len(os.listdir(f"/proc/{relay._child.pid}/fd")) < 220


def test_nobody_behind_is_noted() -> None:
    with inbox() as reader, inbox() as sender:
        relay = Relay(reader)
        reader.close()
        for _ in range(3):
            sender.sendto(b"1", relay.address)
        assert numbers(sender) == []
        assert "target unreachable: ConnectionRefusedError" in repr(relay.log)
        relay.close()


def test_ipv6_and_empty_and_large_datagrams() -> None:
    with inbox("::1") as reader, inbox() as sender, Relay(reader) as relay:
        for size in (0, 1, 65_507 - 20):
            sender.sendto(bytes(size), relay.address)
            assert len(reader.recv(65536)) == size


def test_a_relay_in_front_of_a_relay() -> None:
    with inbox() as reader, Relay(reader, loss=[1]) as one, Relay(one, loss=[1]) as two:
        with inbox() as sender:
            for number in range(1, 5):
                sender.sendto(b"%d" % number, two.address)
        assert numbers(reader) == [3, 4]


def test_an_address_may_be_said_to_be_udp() -> None:
    with inbox() as reader, inbox() as sender:
        relay = Relay(reader.getsockname(), transport="udp")
        sender.sendto(b"1", relay.address)
        assert numbers(reader) == [1]
        relay.close()


def test_a_socket_of_ones_own_may_listen_for_tcp() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, Relay(listener) as relay:
        listener.settimeout(5)
        with socket.create_connection(relay.address, timeout=5) as sock:
            conn, _ = listener.accept()
            with conn:
                sock.sendall(b"x")
                conn.settimeout(5)
                assert conn.recv(1) == b"x"


@pytest.mark.parametrize("trouble", ["split", "coalesce", "stall_after", "reset_after"])
def test_trouble_with_streams_is_refused_by_name(trouble: str) -> None:
    with pytest.raises(ValueError, match=f"a UDP relay has no {trouble}: .*loss, duplicate"):
        Relay(("127.0.0.1", 9), transport="udp", **{trouble: 1})


def test_what_cannot_be_is_said() -> None:
    with pytest.raises(ValueError, match="a UDP relay has no handshake"):
        Relay(("127.0.0.1", 9), transport="udp", handshake=True)
    with pytest.raises(TypeError, match="a relay carries 'tcp' or 'udp'"):
        Relay(("127.0.0.1", 9), transport="sctp")
    with EchoServer() as server, pytest.raises(TypeError, match="a relay carries"):
        Relay(server, transport="udp")
    unbound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with unbound, pytest.raises(ValueError, match="a socket that is bound"):
        Relay(unbound)
