"""WebServer: routes and folders, framings, limits; each reply read strictly, byte by byte."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from netlab import Reply, WebServer
from tests.web_tools import connect, get, replies, request, talk, to_the_end, unexpected

PARTS = ["one ", b"two ", "three"]
ROUTES: dict[str, Any] = {
    "/": "hello",
    "/bytes": bytes(range(256)),
    "/umlaut": "ü",
    "/empty": "",
    "/late": Reply(body="late", delay=0.1),
    "/slow": Reply(body=PARTS, pause=0.05),
    "/chunked": Reply(body=PARTS, framing="chunked"),
    "/slow-chunks": Reply(body=PARTS, framing="chunked", pause=0.02),
    "/close": Reply(body=PARTS, framing="close"),
    "/echo": Reply(methods=["PUT", "POST"], echo=True, type="application/octet-stream"),
    "/both": Reply(body="x", methods=["GET", "POST"]),
    "/204": Reply(body="no body may follow", status=204),
    "/204-chunked": Reply(body="no body may follow", status=204, framing="chunked"),
    "/205": Reply(body="", status=205),
    "/304": Reply(body="no body may follow", status=304),
    "/teapot": Reply(
        body="short and stout", status=418, fields={"X-Kind": "tea"}, type="text/plain"
    ),
    "/typed": Reply(
        body="{}", fields=[("content-type", "application/json"), ("X", "1"), ("X", "2")]
    ),
    "/299": Reply(body="no phrase for this", status=299),
    "/forever": Reply(body=["x"] * 1000, pause=30),
}


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    with WebServer(ROUTES) as running:
        yield running
        assert not unexpected(running)


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/", 200, b"hello"),
        ("/?query=1", 200, b"hello"),
        ("/%62ytes", 200, bytes(range(256))),
        ("/umlaut", 200, "ü".encode()),
        ("/empty", 200, b""),
        ("/teapot", 418, b"short and stout"),
        ("/299", 299, b"no phrase for this"),
        ("/205", 205, b""),
        ("/nowhere", 404, b"nothing here: /nowhere\n"),
    ],
)
def test_routes_of_a_dict(server: WebServer, path: str, status: int, body: bytes) -> None:
    for version in ("1.0", "1.1"):
        answer = get(server, path, version=version)
        assert (answer.status, answer.body, answer.whole) == (status, body, True)
        assert answer.fields["content-length"] == str(len(body))


def test_a_routes_own_fields(server: WebServer) -> None:
    teapot = get(server, "/teapot").fields
    assert (teapot["x-kind"], teapot["content-type"]) == ("tea", "text/plain")
    typed = talk(server, b"GET /typed HTTP/1.0\r\n\r\n")
    assert typed.lower().count(b"content-type:") == 1
    assert b"x: 1\r\nx: 2\r\n" in typed.lower()
    assert get(server, "/").fields["content-type"] == "text/html; charset=utf-8"


def test_every_reply_has_the_date(server: WebServer) -> None:
    from email.utils import parsedate_to_datetime

    for path in ("/", "/204", "/nowhere"):
        when = parsedate_to_datetime(get(server, path).fields["date"]).timestamp()
        assert abs(time.time() - when) < 5


@pytest.mark.parametrize("path", ["/slow", "/chunked", "/slow-chunks", "/close"])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_framings(server: WebServer, path: str, version: str) -> None:
    """HTTP/1.0 knows no chunks: there a body of unknown length ends when the connection does."""
    answer = get(server, path, version=version)
    assert answer.body == b"one two three" and answer.whole
    framing = {"content-length", "transfer-encoding"} & set(answer.fields)
    if path == "/slow":
        assert framing == {"content-length"}
    elif "chunk" in path and version == "1.1":
        assert framing == {"transfer-encoding"}
    else:
        assert not framing and answer.fields["connection"] == "close"


def test_parts_are_chunks(server: WebServer) -> None:
    raw = talk(server, request("/chunked", "Connection: close"))
    assert raw.endswith(b"\r\n\r\n4\r\none \r\n4\r\ntwo \r\n5\r\nthree\r\n0\r\n\r\n")


def test_a_delay_comes_before_the_first_byte_and_a_pause_before_each_part(
    server: WebServer,
) -> None:
    for path, first, last in (("/late", 0.1, 0.1), ("/slow", 0.0, 0.15)):
        with connect(server) as sock:
            sock.sendall(request(path, "Connection: close"))
            start = time.perf_counter()
            sock.recv(1)
            first_byte = time.perf_counter() - start
            to_the_end(sock)
            whole = time.perf_counter() - start
        assert first <= first_byte and last <= whole < last + 1
        if not first:
            assert first_byte < 0.045 or whole - first_byte > 0.09  # the head did not wait


@pytest.mark.parametrize("path", [p for p in ROUTES if p not in ("/echo", "/typed", "/forever")])
def test_head_has_the_fields_of_get(server: WebServer, path: str) -> None:
    for version in ("1.0", "1.1"):
        answers = [get(server, path, method=m, version=version) for m in ("GET", "HEAD")]
        for answer in answers:
            answer.fields.pop("date")
        assert answers[0].fields == answers[1].fields
        assert answers[1].body == b""


@pytest.mark.parametrize("path", ["/204", "/204-chunked", "/304"])
def test_no_body_and_no_framing_with_204_and_304(server: WebServer, path: str) -> None:
    raw = talk(server, request(path) + request("/", "Connection: close"))
    empty, after = replies(raw)
    assert not {"content-length", "transfer-encoding"} & set(empty.fields)
    assert after.body == b"hello"  # and the connection is still good


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("Content-Length: 5", b"12345"),
        ("Content-Length: 0", b""),
        ("Transfer-Encoding: chunked", b"3\r\n123\r\n2;why=so\r\n45\r\n0\r\nTrailer: x\r\n\r\n"),
        ("Transfer-Encoding: CHUNKED", b"5\r\n12345\r\n000\r\n\r\n"),
    ],
)
def test_echo(server: WebServer, method: str, line: str, body: bytes) -> None:
    raw = talk(server, request("/echo", line, "Connection: close", method=method) + body)
    (answer,) = replies(raw)
    assert answer.body == (b"12345" if body else b"")


def test_methods(server: WebServer) -> None:
    for method in ("PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE"):
        answer = get(server, "/", method=method)
        assert (answer.status, answer.fields["allow"]) == (405, "GET, HEAD")
    assert get(server, "/echo").fields["allow"] == "PUT, POST"
    assert get(server, "/both", method="DELETE").fields["allow"] == "GET, POST, HEAD"
    for unknown in ("BREW", "get", "M-SEARCH"):
        answer = get(server, "/", method=unknown)
        assert answer.status == 501 and unknown.encode() in answer.body


def test_options_for_the_server_itself(server: WebServer) -> None:
    answer = get(server, "*", method="OPTIONS")
    assert (answer.status, answer.fields["allow"]) == (204, "GET, HEAD, OPTIONS")
    assert get(server, "*").status == 400  # RFC 9112 section 3.2.4: for OPTIONS only


def test_connections_stay_open_if_both_want_it(server: WebServer) -> None:
    with connect(server) as sock:
        for _ in range(3):
            sock.sendall(request("/"))
            (answer,) = replies(sock.recv(65536))
            assert answer.body == b"hello" and "connection" not in answer.fields
        sock.sendall(request("/", "Connection: close"))
        (answer,) = replies(to_the_end(sock))
        assert answer.fields["connection"] == "close"
    with WebServer({"/": "hello"}, keep_alive=False) as closing:
        (answer,) = replies(talk(closing, request("/")))
        assert (answer.body, answer.fields["connection"]) == (b"hello", "close")


def test_requests_sent_together_are_answered_in_order(server: WebServer) -> None:
    body = request("/echo", "Content-Length: 3", method="PUT") + b"abc"
    paths = ["/late", "/", "/chunked", "/slow"]
    whole = b"".join(map(request, paths)) + body + request("/umlaut", "Connection: close")
    expected = [b"late", b"hello", b"one two three", b"one two three", b"abc", "ü".encode()]
    assert [answer.body for answer in replies(talk(server, whole))] == expected
    with connect(server) as sock:  # a byte at a time, and still the same
        for k in range(len(whole)):
            sock.sendall(whole[k : k + 1])
        assert [answer.body for answer in replies(to_the_end(sock))] == expected


def test_a_client_that_half_closes_is_answered(server: WebServer) -> None:
    (answer,) = replies(talk(server, request("/late"), end=True))
    assert answer.body == b"late"


def test_expect_100_continue(server: WebServer) -> None:
    head = request(
        "/echo", "Content-Length: 3", "Expect: 100-continue", "Connection: close", method="PUT"
    )
    with connect(server) as sock:
        sock.sendall(head)
        assert sock.recv(100) == b"HTTP/1.1 100 \r\n\r\n"
        sock.sendall(b"abc")
        (answer,) = replies(to_the_end(sock))
    assert answer.body == b"abc"
    raw = talk(server, head + b"abc")  # who does not wait is not told to go on
    assert raw.startswith(b"HTTP/1.1 200 ")


def test_many_clients_at_once(server: WebServer) -> None:
    bodies: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: bodies.append(get(server, "/slow").body)) for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert bodies == [b"one two three"] * 20
