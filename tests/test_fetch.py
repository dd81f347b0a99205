"""fetch_timed: each second in the phase it belongs to; errors say what to do."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from netlab import EchoServer, Relay, Reply, WebServer, fetch_timed, serve
from netlab.fetch import Fetch

SLACK = 0.04  # seconds by which a phase may be late on a busy machine
NAMES = ["name", "connect", "first byte", "content"]
ADDED = "connect (added by netlab)"


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    routes = {
        "/": "hello",
        "/late": Reply(body="late", delay=0.1),
        "/slow": Reply(body=["a", "b", "c"], pause=0.05),
        "/both": Reply(body=["a"], delay=0.1, pause=0.1),
        "/chunked": Reply(body=["a", "b"], framing="chunked", pause=0.05),
        "/close": Reply(body="to the end", framing="close"),
        "/empty": Reply(status=204),
        "/echo": Reply(methods=["PUT"], echo=True),
        "/größe und maß": "ü",
    }
    with WebServer(routes) as running:
        yield running


def best(fetch: Callable[[], Fetch], phase: str) -> Fetch:
    """Of five, the one in which that phase took least: what the machine adds is never negative."""
    return min((fetch() for _ in range(5)), key=lambda one: one.seconds(phase))


def check(fetch: Fetch, names: list[str]) -> None:
    """Phases follow each other without gaps or overlaps, and their sum is the total."""
    assert [phase.name for phase in fetch.phases] == names
    assert fetch.phases[0].start == 0
    for before, after in pairwise(fetch.phases):
        assert before.end == pytest.approx(after.start, abs=1e-9)
    assert all(phase.seconds >= 0 for phase in fetch.phases)
    assert sum(phase.seconds for phase in fetch.phases) == pytest.approx(fetch.total)
    assert fetch.total == fetch.phases[-1].end


@pytest.mark.parametrize(
    ("path", "first", "content"),
    [
        ("/", 0, 0),
        ("/late", 0.1, 0),
        ("/slow", 0, 0.15),
        ("/both", 0.1, 0.1),
        ("/chunked", 0, 0.1),
        ("/close", 0, 0),
        ("/empty", 0, 0),
    ],
)
def test_a_delay_is_in_the_first_byte_and_a_pause_in_the_content(
    server: WebServer, path: str, first: float, content: float
) -> None:
    for phase, asked in (("first byte", first), ("content", content)):
        fetch = best(lambda: fetch_timed(server, path), phase)
        check(fetch, NAMES)
        early = 0.02 if phase == "content" else 0.0005  # it begins late if the first byte was
        assert asked - early <= fetch.seconds(phase) < asked + SLACK
        assert fetch.vehicle == "loopback"


def test_what_came_back(server: WebServer) -> None:
    fetch = fetch_timed(server, "/?a=1&b=2")
    assert (fetch.status, fetch.body, fetch.url) == (200, b"hello", f"{server.url}/?a=1&b=2")
    assert ("Content-Length", "5") in fetch.fields
    assert repr(fetch) == "Fetch(200, 5 bytes, loopback)"
    assert fetch_timed(server, "/nowhere").status == 404
    assert fetch_timed(server, "/empty").body == b""
    assert fetch_timed(server, "/", method="HEAD").body == b""
    assert fetch_timed(server, "/echo", method="PUT", body=b"123").body == b"123"
    assert fetch_timed(server, "/", fields={"Host": "example.com"}).status == 421
    assert fetch_timed(server.url).body == fetch_timed(server.url + "/").body == b"hello"
    assert fetch_timed(server.url, "?a=1").body == b"hello"
    assert fetch_timed(server, "/größe und maß").body == "ü".encode()
    assert [r.event for r in server.log if "a=1&b=2" in r.event] == ["GET /?a=1&b=2 → 200, 5 bytes"]
    with pytest.raises(KeyError, match="no phase 'tls'; there are name, connect, first byte, c"):
        fetch.seconds("tls")


def test_a_relays_distance_is_in_the_first_byte(server: WebServer) -> None:
    with Relay(server, delay=0.05) as relay:
        assert relay.url == f"http://127.0.0.1:{relay.address[1]}"
        fetch = best(lambda: fetch_timed(relay), "first byte")
        check(fetch, NAMES)
        assert 0.099 <= fetch.seconds("first byte") < 0.1 + SLACK
        assert fetch.seconds("connect") < SLACK
        assert fetch.vehicle == "relay: delays bytes, not packets"


def test_an_added_handshake_is_a_phase_of_one_round_trip_and_changes_no_other(
    server: WebServer,
) -> None:
    with Relay(server, delay=0.04) as plain, Relay(server, delay=0.04, handshake=True) as added:
        for phase in ("connect", "first byte", "content"):
            without = best(lambda: fetch_timed(plain, "/slow"), phase)
            fetch = best(lambda: fetch_timed(added, "/slow"), phase)
            check(fetch, [*NAMES[:2], ADDED, *NAMES[2:]])
            assert fetch.seconds(ADDED) == pytest.approx(0.08)
            assert [p.name for p in fetch.phases if p.added] == [ADDED]
            assert abs(fetch.seconds(phase) - without.seconds(phase)) < SLACK


def test_a_relay_without_a_web_server_has_no_url() -> None:
    with EchoServer() as echo, Relay(echo) as relay:
        with pytest.raises(AttributeError, match="no URL: what lies behind it is no WebServer"):
            relay.url  # noqa: B018
        for target in (relay, echo):
            with pytest.raises(ValueError, match="expected a WebServer, a Relay in front of one"):
                fetch_timed(target)


def test_ipv6() -> None:
    with WebServer({"/": "six"}, host="::1") as server:
        fetch = fetch_timed(server)
        check(fetch, NAMES)
        assert fetch.body == b"six"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_localhost_is_whichever_address_answers(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    look_up = socket.getaddrinfo

    def both(name: str, port: int, **options: Any) -> Any:
        return [*look_up("::1", port, **options), *look_up("127.0.0.1", port, **options)]

    with WebServer({"/": "here"}, host=host) as server:
        monkeypatch.setattr(socket, "getaddrinfo", both)
        fetch = fetch_timed(f"http://localhost:{server.address[1]}/")
        check(fetch, NAMES)
        assert fetch.body == b"here"


@pytest.mark.parametrize(
    "target",
    ["https://localhost/", "ftp://localhost/", "localhost:80", "", "http://", 5, None, b"http://x"],
)
def test_what_is_no_http_url(target: Any) -> None:
    with pytest.raises(ValueError, match=r"expected a WebServer, .* or an http:// URL; got"):
        fetch_timed(target)


@pytest.mark.parametrize("target", ["http://localhost:99999/", "http://localhost:x/"])
def test_no_port(target: str) -> None:
    with pytest.raises(ValueError, match="expected a WebServer, a Relay"):
        fetch_timed(target)


def test_a_path_begins_with_a_slash(server: WebServer) -> None:
    with pytest.raises(ValueError, match=r"expected a path such as '/page\.html'; got 'page"):
        fetch_timed(server, "page.html")


AGAIN = "Is the server still running"


def test_refused(server: WebServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}"
    with pytest.raises(ConnectionRefusedError, match=f"nobody answers at {url}: refused. {AGAIN}"):
        fetch_timed(url)


def test_an_unknown_name() -> None:
    with pytest.raises(ConnectionError, match=r"no address for 'no-such-name\.invalid'"):
        fetch_timed("http://no-such-name.invalid/")


@pytest.mark.parametrize("path", ["/late", "/slow"])
def test_timeouts(server: WebServer, path: str) -> None:
    with pytest.raises(TimeoutError, match=r"gave no byte for 0.02 seconds. Is the server still"):
        fetch_timed(server, path, timeout=0.02)


def hang_up(conn: socket.socket) -> None:
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def answer(*parts: bytes, after: Callable[[socket.socket], Any] | None = None) -> Any:
    def handler(conn: socket.socket) -> None:
        conn.recv(65536)
        for part in parts:
            conn.sendall(part)
        if after:
            after(conn)

    return serve(handler)


def url_of(server: Any) -> str:
    return f"http://127.0.0.1:{server.address[1]}"


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (b"garbage\r\n\r\n",),
        (b"SSH-2.0-OpenSSH\r\n",),
        (b"\x00" * 100,),
        (b"HTTP/1.1 abc\r\n\r\n",),
        (OK + b"Content-Length: 10\r\n\r\n12345",),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n123",),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",),
        (OK + b"X: " + b"x" * 70_000 + b"\r\n\r\n",),
        (OK + b"X: 1\r\n" * 200 + b"\r\n",),
    ],
    ids=lambda parts: repr(parts[0][:50]) if parts else "nothing",
)
def test_broken_replies(parts: tuple[bytes, ...]) -> None:
    with answer(*parts) as server, pytest.raises(ConnectionError, match=AGAIN):
        fetch_timed(url_of(server), timeout=5)


def test_a_reset() -> None:
    for start in ((), (OK + b"Content-Length: 10\r\n\r\n1",)):
        with answer(*start, after=hang_up) as server, pytest.raises(ConnectionError, match=AGAIN):
            fetch_timed(url_of(server), timeout=5)


def test_a_body_to_the_end_of_the_connection() -> None:
    with answer(OK + b"\r\nall of it") as server:
        assert fetch_timed(url_of(server), timeout=5).body == b"all of it"


def test_a_server_that_closes_meanwhile() -> None:
    server = WebServer({"/": Reply(body=["a"] * 5, pause=5)})
    closing = threading.Timer(0.1, server.close)
    closing.start()
    with pytest.raises(ConnectionError, match=AGAIN):
        fetch_timed(server, timeout=5)
    closing.join(5)
