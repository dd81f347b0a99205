"""WebServer: limits, idle and closing connections, hosts of this machine only, log and events."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator

import pytest

from netlab import Reply, WebServer
from tests.web_tools import connect, get, replies, request, talk, to_the_end, unexpected


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    routes = {"/": "hello", "/echo": Reply(methods=["PUT"], echo=True)}
    with WebServer(routes) as running:
        yield running
        assert not unexpected(running)


@pytest.mark.parametrize("length", [1_048_576, 1_048_577])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_has_a_limit(server: WebServer, length: int, chunked: bool) -> None:
    framing = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {length}"
    head = request("/echo", framing, "Connection: close", method="PUT")
    body = bytes(length)
    if chunked:
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (length, body)
    (answer,) = replies(talk(server, head + body))
    assert answer.status == (200 if length <= 1_048_576 else 413)
    assert answer.whole


def test_a_body_announced_as_too_long_is_not_asked_for(server: WebServer) -> None:
    lines = ("Content-Length: 9999999999", "Expect: 100-continue")
    (answer,) = replies(talk(server, request("/echo", *lines, method="PUT")))
    assert answer.status == 413
    assert b"1048576 bytes" in answer.body


@pytest.mark.parametrize("size", [20_000, 200_000])
def test_a_head_has_a_limit(server: WebServer, size: int) -> None:
    assert get(server, "/", "X: " + "x" * 10_000).status == 200
    for lines in (["X: " + "x" * size], [f"X-{k}: {k}" for k in range(size // 10)]):
        (answer,) = replies(talk(server, request("/", *lines)))
        assert answer.status == 431
    (answer,) = replies(talk(server, request("/" + "x" * size)))
    assert answer.status == 414  # RFC 9112 section 3


def test_an_idle_connection_is_closed() -> None:
    with WebServer({"/": "hello"}, idle=0.2) as server:
        start = time.perf_counter()
        for data in (b"", b"GET / HT", request("/")):
            raw = talk(server, data)
            assert bool(raw) is data.endswith(b"\r\n\r\n")
        assert 0.6 <= time.perf_counter() - start < 3
        assert get(server).body == b"hello" and not unexpected(server)


def test_close_while_a_reply_pauses_is_quick_and_cuts_the_reply() -> None:
    server = WebServer(
        {"/length": Reply(body=["x"] * 9, pause=30), "/late": Reply(body="x", delay=30)}
    )
    clients = [connect(server), connect(server)]
    for sock, path in zip(clients, ("/length", "/late"), strict=True):
        sock.sendall(request(path))
    assert clients[0].recv(4) == b"HTTP"
    start = time.perf_counter()
    server.close()
    assert time.perf_counter() - start < 2
    for sock in clients:
        with sock:
            assert b"x" not in to_the_end(sock).partition(b"\r\n\r\n")[2]
    assert not unexpected(server)
    assert [r.event for r in server.log].count("cut: the server was closed") == 2


def test_log_and_events() -> None:
    with WebServer({"/": "hello"}, events=True) as server:
        replies(talk(server, request("/?a=1") + request("/no", "Connection: close")))
        talk(server, b"nonsense\r\n\r\n")
        lines = repr(server.log).splitlines()
        assert lines[:3] == [
            "client 1  connected",
            "client 1  GET /?a=1 → 200, 5 bytes",
            "client 1  GET /no → 404, 18 bytes",
        ]
        assert any(line.startswith("client 2  refused → 400: ") for line in lines)
        kinds = [event.split("(")[0] for event in server.events][:6]
        assert kinds == [
            "client: Request",
            "client: EndOfMessage",
            "server: Response",
            "server: Data",
            "server: EndOfMessage",
            "client: Request",
        ]
    with WebServer({"/": "hello"}) as quiet, pytest.raises(ValueError, match="events=True"):
        quiet.events  # noqa: B018


def test_ipv6_and_url() -> None:
    with WebServer({"/": "six"}, host="::1") as six, WebServer({"/": "four"}) as four:
        assert six.url == f"http://[::1]:{six.address[1]}"
        assert four.url == f"http://127.0.0.1:{four.address[1]}"
        for server, word in ((six, b"six"), (four, b"four")):
            with urllib.request.urlopen(server.url, timeout=5) as reply:
                assert reply.read() == word
        assert repr(six) == "<WebServer on IPv6, running>"


GOOD_HOSTS = ["127.0.0.1", "localhost", "[::1]", "LocalHost"]
BAD_HOSTS = ["example.com", "127.0.0.2", "0.0.0.0", "127.0.0.1.example.com", "[::2]", "", "::1"]


@pytest.mark.parametrize("port", ["", ":", ":80", ":8000"])
@pytest.mark.parametrize("host", GOOD_HOSTS + BAD_HOSTS)
def test_only_a_host_of_this_machine(server: WebServer, host: str, port: str) -> None:
    """A page on the web may point its own name at 127.0.0.1 (DNS rebinding): that is refused."""
    expected = {200} if host in GOOD_HOSTS else {421, 400}
    close = "Connection: close"
    (answer,) = replies(talk(server, request("/", close, host=host + port)))
    assert answer.status in expected
    # the host in the target counts more: RFC 9112 section 3.2.2
    (answer,) = replies(talk(server, request(f"http://{host}{port}/", close)))
    assert answer.status in expected
    # HTTP/1.0 needs no Host, but what it says must be right
    (answer,) = replies(talk(server, f"GET / HTTP/1.0\r\nHost: {host}{port}\r\n\r\n".encode()))
    assert answer.status in expected or not host + port


def test_absolute_targets(server: WebServer) -> None:
    for target in ("http://localhost", "HTTP://localhost/", "http://localhost?a=1"):
        assert get(server, target).body == b"hello"
    for target in ("https://localhost/", "ftp://localhost/", "file:///etc/passwd"):
        assert get(server, target).status in (400, 421)
