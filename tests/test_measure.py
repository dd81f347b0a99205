"""ping against small servers written here: prompt, slow, deaf, lossy and wrong ones."""

import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from types import SimpleNamespace

import pytest

from netlab.measure import ping
from netlab.probe import Datagrams, Link, Stream, Target, message


@contextmanager
def tcp(handle: Callable[[socket.socket], object]) -> Iterator[tuple[str, int]]:
    def run() -> None:
        try:
            conn, _ = listener.accept()
            with conn:
                conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                handle(conn)
        except OSError:
            pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=run)
        thread.start()
        yield listener.getsockname()
    thread.join(5)
    assert not thread.is_alive()


@contextmanager
def udp(answer: Callable[[int, bytes], list[bytes]]) -> Iterator[SimpleNamespace]:
    def run() -> None:
        count = 0
        while True:
            data, peer = sock.recvfrom(65536)
            if data == b"end":
                return
            for reply in answer(count, data):
                sock.sendto(reply, peer)
            count += 1

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield SimpleNamespace(address=sock.getsockname(), transport="udp", label="Lossy")
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"end", sock.getsockname())
            thread.join(5)


def echo(conn: socket.socket) -> None:
    while data := conn.recv(65536):
        conn.sendall(data)


def test_every_message_is_numbered_padded_and_timed() -> None:
    heard = bytearray()

    def listen(conn: socket.socket) -> None:
        while data := conn.recv(65536):
            heard.extend(data)
            conn.sendall(data)

    with tcp(listen) as address:
        samples = ping(address, count=4, size=8, warmup=2)
    assert bytes(heard) == b"0.......1.......2.......3.......4.......5......."
    assert (len(samples), samples.lost, len(samples.warmup)) == (4, 0, 2)
    assert [s.scheduled for s in samples.samples] == pytest.approx([0, 0.002, 0.004, 0.006])
    for s in samples.samples:
        assert s.received is not None
        assert s.scheduled <= s.sent <= s.received
        assert s.rtt == s.received - s.sent
    assert repr(samples) == "Samples(4 round trips, 0 lost, 127.0.0.1, loopback)"


def test_what_the_target_says_of_itself_is_kept() -> None:
    with tcp(echo) as address:
        far = SimpleNamespace(address=address, vehicle="relay", label="Relay", round_trip=0.04)
        samples = ping(far, count=1)
    assert (samples.label, samples.vehicle, samples.asked) == ("Relay", "relay", 0.04)
    assert (samples.transport, samples.size, samples.interval) == ("tcp", 64, 0.002)


def stalling(conn: socket.socket) -> None:
    seen = 0
    while data := conn.recv(8):
        seen += 1
        if seen == 20:
            time.sleep(0.2)
        conn.sendall(data)


def test_one_stall_shows_in_every_message_sent_meanwhile() -> None:
    with tcp(stalling) as address:
        on_schedule = ping(address, count=120, size=8, warmup=0)
    assert sum(rtt > 0.02 for rtt in on_schedule.rtts) >= 80  # 0.18 s / 2 ms = 90
    with tcp(stalling) as address:
        closed_loop = ping(address, count=120, size=8, warmup=0, interval=0)
    assert sum(rtt > 0.1 for rtt in closed_loop.rtts) == 1  # the coordinated omission


def test_replies_in_crumbs_and_in_lumps() -> None:
    def crumbs(conn: socket.socket) -> None:
        while data := conn.recv(1):
            conn.sendall(data)

    def lumps(conn: socket.socket) -> None:
        held = b""
        while data := conn.recv(65536):
            held += data
            if len(held) >= 8 * 10:
                conn.sendall(held)
                held = b""

    with tcp(crumbs) as address:
        assert ping(address, count=20, size=8).lost == 0
    with tcp(crumbs) as address:
        turns = ping(address, count=20, size=800, interval=0).samples
    for last, this in pairwise(turns):
        assert last.received is not None and last.received <= this.sent
    with tcp(lumps) as address:
        samples = ping(address, count=20, size=8, warmup=0)
    assert len({s.received for s in samples.samples}) <= 10
    assert samples.rtts[0] > samples.rtts[9]  # the first of a lump waited longest


def test_what_the_kernel_cannot_take_yet_leaves_later_in_whole_datagrams() -> None:
    class Busy:
        def __init__(self) -> None:
            self.left: list[bytes] = []
            self.full = True

        def send(self, data: bytes) -> int:
            if self.full:
                raise BlockingIOError
            self.left.append(bytes(data))
            return len(data)

    link = Link(Target(("127.0.0.1", 9), transport="udp"), 8, 1.0)
    link.close()
    link.sock = busy = Busy()  # type: ignore[assignment]
    link.send(0)
    link.send(1)
    busy.full = False
    link.flush()
    assert busy.left == [b"0.......", b"1......."]


def test_messages_larger_than_any_buffer() -> None:
    with tcp(echo) as address:
        assert ping(address, count=3, size=1_000_000, warmup=1, timeout=20).lost == 0


def test_every_fifth_datagram_lost_is_every_fifth_sample_lost() -> None:
    with udp(lambda k, data: [] if k % 5 == 4 else [data]) as server:
        samples = ping(server, count=50, warmup=0, timeout=0.3)
        in_turn = ping(server, count=10, warmup=0, timeout=0.05, interval=0)
    lost = [k for k, s in enumerate(samples.samples) if s.received is None]
    assert lost == list(range(4, 50, 5))
    assert (samples.lost, len(samples.rtts), samples.transport) == (10, 40, "udp")
    assert in_turn.lost == 2


def test_doubled_and_late_datagrams_are_ignored() -> None:
    held: list[bytes] = []

    def answer(k: int, data: bytes) -> list[bytes]:
        held.append(data)
        return [data, data, held[0]]

    with udp(answer) as server:
        samples = ping(server, count=20, warmup=1, timeout=0.5)
    assert (len(samples), samples.lost) == (20, 0)


def test_a_reply_later_than_the_timeout_is_lost() -> None:
    def late(conn: socket.socket) -> None:
        first = conn.recv(8)
        time.sleep(0.3)
        conn.sendall(first)
        echo(conn)

    with tcp(late) as address:
        samples = ping(address, count=3, size=8, warmup=0, interval=0, timeout=0.2)
    assert [s.received is None for s in samples.samples] == [True, False, False]


def test_missing_replies_at_the_end_are_lost() -> None:
    def half(conn: socket.socket) -> None:
        conn.sendall(conn.recv(8))
        while conn.recv(100):
            pass

    with tcp(half) as address:
        samples = ping(address, count=3, size=8, warmup=1, timeout=0.1)
    assert (samples.lost, len(samples)) == (3, 3)


def test_nobody_listens() -> None:
    for kind, transport in ((socket.SOCK_STREAM, "tcp"), (socket.SOCK_DGRAM, "udp")):
        with socket.socket(socket.AF_INET, kind) as sock:
            sock.bind(("127.0.0.1", 0))
            address = sock.getsockname()
        gone = SimpleNamespace(address=address, transport=transport, label="EchoServer")
        with pytest.raises(ConnectionRefusedError, match=r"EchoServer.*Run the cell that starts"):
            ping(gone, timeout=0.5)


def test_a_server_that_closes_midway() -> None:
    def ten(conn: socket.socket) -> None:
        for _ in range(10):
            conn.sendall(conn.recv(8))

    with tcp(ten) as address, pytest.raises(ConnectionError, match=r"closed .* after 10 replies"):
        ping(address, count=50, size=8)


def test_a_server_that_sends_something_else() -> None:
    def web(conn: socket.socket) -> None:
        conn.recv(100)
        conn.sendall(b"HTTP/1.1 400 Bad Request\r\n")
        conn.recv(100)

    with (
        tcp(web) as address,
        pytest.raises(ValueError, match=r"needs an echo server.*HTTP/1.1 400"),
    ):
        ping(address)
    with udp(lambda k, data: [b"pong"]) as server, pytest.raises(ValueError, match="pong"):
        ping(server)


def test_a_server_that_never_answers() -> None:
    def deaf(conn: socket.socket) -> None:
        while conn.recv(4096):
            pass

    words = r"nothing came in 0.1 s\. Is it an echo server"
    with tcp(deaf) as address, pytest.raises(TimeoutError, match=words):
        ping(address, timeout=0.1)


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"count": 0}, ValueError, "count is at least 1"),
        ({"count": 2.5}, TypeError, "count is a whole number"),
        ({"size": 7}, ValueError, "size is at least 8"),
        ({"warmup": -1}, ValueError, "warmup is at least 0"),
        ({"interval": -0.1}, ValueError, "interval is a number of seconds, 0 or more"),
        ({"interval": "2ms"}, TypeError, "interval is a number of seconds"),
        ({"timeout": 0}, ValueError, "timeout is more than 0"),
        ({"timeout": float("nan")}, ValueError, "timeout is a number"),
    ],
)
def test_bad_arguments(wrong: dict[str, object], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        ping(("127.0.0.1", 9), **wrong)  # type: ignore[arg-type]


def test_bad_targets() -> None:
    for target in ("127.0.0.1:80", None, ("127.0.0.1", "80"), ("127.0.0.1",), 80):
        with pytest.raises(TypeError, match=r"a server, a relay or a .host, port. tuple"):
            ping(target)
    flying = SimpleNamespace(address=("127.0.0.1", 9), transport="pigeon", label="Pigeon")
    with pytest.raises(ValueError, match="'tcp' or 'udp'; Pigeon has 'pigeon'"):
        ping(flying)
    large = SimpleNamespace(address=("127.0.0.1", 9), transport="udp")
    with pytest.raises(ValueError, match="at most 65507 bytes"):
        ping(large, size=70000)


def test_a_bar_only_when_the_plan_is_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with tcp(echo) as address:
        ping(address, count=50)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("netlab.measure.SHOW_PROGRESS", 0.05)
    with tcp(echo) as address:
        ping(address, count=50)
    assert "0/50" in capsys.readouterr().err
    with tcp(echo) as address:
        ping(SimpleNamespace(address=address, round_trip=0.04), count=2, interval=0)
    assert "0/2" in capsys.readouterr().err


def test_no_socket_is_left_open(recwarn: pytest.WarningsRecorder) -> None:
    with tcp(echo) as address:
        ping(address, count=1)
    with pytest.raises(ValueError), tcp(lambda conn: conn.sendall(b"?")) as address:
        ping(address)
    assert not [w for w in recwarn if w.category is ResourceWarning]


def test_the_two_readers_are_pure() -> None:
    stream = Stream(8)
    both = message(0, 8) + message(1, 8)
    assert [stream.read(both[i : i + 5]) for i in range(0, 16, 5)] == [[], [0], [], [1]]
    assert Datagrams(8).read(b"12......") == [12]
    assert message(12345678, 8) == b"12345678"
    for wrong in (b"12.....", b"........", b"012.....", b"1......x"):
        with pytest.raises(ValueError):
            Datagrams(8).read(wrong)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sleeps by 15 ms")
def test_messages_leave_on_time() -> None:
    for _ in range(3):  # another process may hold the processor once
        with tcp(echo) as address:
            samples = ping(address, count=100)
        late = sorted(s.sent - s.scheduled for s in samples.samples)
        if late[50] < 0.0005:
            return
    raise AssertionError(f"the median message left {late[50] * 1e6:.0f} µs late")
