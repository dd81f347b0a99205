"""The TCP relay: distance that is never early, and trouble that comes for certain."""

from __future__ import annotations

import gc
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from netlab import EchoServer, Relay, serve

REPORT = b"temperature=21;room=kitchen\n"


def station(conn: socket.socket) -> None:
    while conn.recv(1):
        conn.sendall(REPORT)


@pytest.fixture
def server() -> Iterator[Any]:
    with serve(station) as server:
        yield server


def connect(relay: Relay, timeout: float = 5) -> socket.socket:
    return socket.create_connection(relay.address, timeout=timeout)


def round_trip(sock: socket.socket) -> float:
    start = time.perf_counter()
    sock.sendall(b"hello")
    assert sock.recv(16) == b"hello"
    return time.perf_counter() - start


def test_a_round_trip_takes_at_least_what_was_asked() -> None:
    with EchoServer() as server, Relay(server, delay=0.005) as relay, connect(relay) as sock:
        trips = sorted(round_trip(sock) for _ in range(20))
        assert trips[0] >= 0.010
        assert trips[10] < 0.050
        assert relay.round_trip == 0.010
        assert relay.label == "Relay, 5 ms each way"


def test_conditions_change_while_it_runs() -> None:
    with EchoServer() as server, Relay(server) as relay, connect(relay) as sock:
        assert min(round_trip(sock) for _ in range(5)) < 0.050
        relay.change(delay=0.030)
        assert round_trip(sock) >= 0.060
        relay.change(delay=0)
        assert min(round_trip(sock) for _ in range(5)) < 0.050


def test_a_rate_holds_bytes_back_and_loses_none() -> None:
    sent = bytes(range(256)) * 500  # 128 000 bytes: 1.024 million bits
    with EchoServer() as server, Relay(server, rate=4e6) as relay, connect(relay) as sock:
        start = time.perf_counter()
        threading.Thread(target=sock.sendall, args=(sent,), daemon=True).start()
        got = b""
        while len(got) < len(sent):
            got += sock.recv(65536)
        assert got == sent
        assert 0.256 <= time.perf_counter() - start < 2


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
@pytest.mark.parametrize("split", [1, 3, 5, 27, 28])
def test_split_gives_exactly_these_pieces(server: Any, split: int, host: str) -> None:
    wanted = [REPORT[i : i + split] for i in range(0, len(REPORT), split)]
    with Relay(server, split=split, host=host) as relay, connect(relay) as sock:
        for _ in range(5):
            sock.sendall(b"?")
            assert [sock.recv(4096) for _ in wanted] == wanted


def test_coalesce_joins_what_comes_close_together() -> None:
    def words(conn: socket.socket) -> None:
        for word in (b"one ", b"two ", b"three"):
            conn.sendall(word)

    with serve(words) as server, Relay(server, coalesce=0.2) as relay, connect(relay) as sock:
        assert sock.recv(4096) == b"one two three"
        assert sock.recv(4096) == b""


def test_a_stalled_stream_goes_on_when_told(server: Any) -> None:
    with Relay(server, stall_after=10) as relay, connect(relay, timeout=0.3) as sock:
        sock.sendall(b"?")
        assert sock.recv(4096) == REPORT[:10]
        with pytest.raises(TimeoutError):
            sock.recv(4096)
        assert "client 1  stalled" in repr(relay.log)
        relay.change(stall_after=None)
        assert sock.recv(4096) == REPORT[10:]


def test_a_reset_comes_after_the_reader_has_its_bytes(server: Any) -> None:
    with Relay(server, reset_after=10) as relay, connect(relay) as sock:
        sock.sendall(b"?")
        assert sock.recv(4096) == REPORT[:10]
        with pytest.raises(ConnectionResetError):
            sock.recv(4096)


def test_a_half_close_is_passed_on_and_the_answer_still_comes() -> None:
    def count(conn: socket.socket) -> None:
        total = 0
        while data := conn.recv(4096):
            total += len(data)
        conn.sendall(b"%d" % total)

    with (
        serve(count) as server,
        Relay(server, delay=0.005, split=7) as relay,
        connect(relay) as sock,
    ):
        sock.sendall(bytes(1000))
        sock.shutdown(socket.SHUT_WR)
        assert sock.recv(16) == b"1000"
        assert sock.recv(16) == b""


def test_who_sends_to_a_server_that_has_gone_is_told() -> None:
    """The server ends the stream and leaves; the client, half-closed by that, keeps sending."""
    with (
        serve(lambda conn: conn.sendall(b"bye")) as server,
        Relay(server, delay=0.002) as relay,
        connect(relay) as sock,
    ):
        assert sock.recv(16) == b"bye"
        assert sock.recv(16) == b""
        deadline = time.monotonic() + 5
        with pytest.raises(ConnectionError):
            while time.monotonic() < deadline:
                sock.sendall(bytes(1000))


def test_a_relay_in_front_of_a_relay_adds_up() -> None:
    with (
        EchoServer() as server,
        Relay(server, delay=0.005) as one,
        Relay(one, delay=0.005) as two,
        connect(two) as sock,
    ):
        assert round_trip(sock) >= 0.020


def test_a_target_that_is_gone_resets_and_is_noted() -> None:
    server = EchoServer()
    with Relay(server) as relay:
        server.close()
        with connect(relay) as sock, pytest.raises(ConnectionError):
            if sock.recv(16) == b"":
                raise ConnectionError
        assert "target unreachable: ConnectionRefusedError" in repr(relay.log)


@pytest.mark.parametrize("trouble", ["loss", "duplicate", "reorder"])
def test_trouble_with_packets_is_refused_by_name(trouble: str) -> None:
    with pytest.raises(ValueError, match=f"a TCP relay cannot show {trouble}.*UDP relay"):
        Relay(("127.0.0.1", 9), **{trouble: 0.1})


@pytest.mark.parametrize(
    "target", ["127.0.0.1", ("192.0.2.1", 80), ("127.0.0.1", 0), ("127.0.0.1", "x"), None, 5]
)
def test_a_relay_connects_to_this_machine_only(target: Any) -> None:
    with pytest.raises(ValueError, match="expected a server, a relay, a socket that is bound, or"):
        Relay(target)


def test_an_unknown_condition_is_named() -> None:
    with pytest.raises(TypeError, match="a relay has no 'latency'; it has coalesce, delay"):
        Relay(("127.0.0.1", 9), latency=0.1)


def test_a_relay_keeps_what_lies_behind_it() -> None:
    with EchoServer() as server, Relay(Relay(server, delay=0.002), delay=0.002) as relay:
        gc.collect()
        with connect(relay) as sock:
            assert round_trip(sock) >= 0.008


def test_a_label_says_what_was_asked() -> None:
    with EchoServer() as server, Relay(server, delay=0.020, jitter=0.010) as relay:
        assert relay.label == "Relay, 20 ± 10 ms each way"
