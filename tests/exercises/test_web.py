"""The scripted web server hears requests however they are cut, and says what is wrong with them."""

from __future__ import annotations

import pytest

from netlab.exercises.web import Request, reply, requests, serves, waits
from netlab.referee.scenario import END, RESET

GET = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /b HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\n\r\n\n"
HERE = ("x", 8000)
PAGES = {"/a": reply(b"A"), "/b": reply(b"B")}


def test_whole_requests_at_every_length() -> None:
    stream, ends = GET + POST + GET, [len(GET), len(GET + POST), len(GET + POST + GET)]
    for length in range(len(stream) + 1):
        whole = sum(end <= length for end in ends)
        wanted = [
            Request("GET", "/a", "x"),
            Request("POST", "/b", "x", b"\r\n\n"),
            Request("GET", "/a", "x"),
        ][:whole]
        assert requests(stream[:length]) == wanted


def test_more_heard_only_adds() -> None:
    stream = GET + POST + GET
    for server in (
        serves(PAGES),
        serves(PAGES, 2, RESET),
        waits(PAGES, 2, lambda data: (data,), HERE),
    ):
        before = server(b"", False)
        for length in range(len(stream) + 1):
            now = server(stream[:length], False)
            assert now[: len(before)] == before
            before = now


@pytest.mark.parametrize(
    ("head", "wrong"),
    [
        (b"GET /a HTTP/1.1\n\n", "lines end with \\r\\n"),
        (b"GET /a\r\n\r\n", "no request line"),
        (b"get /a HTTP/1.1\r\nHost: x\r\n\r\n", "no request line"),
        (b"GET a HTTP/1.1\r\nHost: x\r\n\r\n", "no request line"),
        (b"GET /a HTTP/1.1\r\n\r\n", "no field Host"),
        (b"GRAB /a HTTP/1.1\r\nHost: x\r\n\r\n", "no method GRAB"),
        (b"GET /a HTTP/1.1\r\nHost x\r\n\r\n", "this is no field: Host x"),
        (b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "no length of a body: -1"),
    ],
)
def test_what_is_wrong_is_said(head: bytes, wrong: str) -> None:
    (request,) = requests(head)
    assert wrong in request.wrong
    for server in (serves(PAGES), waits(PAGES, 3, lambda data: (data,), HERE)):
        text, end = server(head, False)
        assert isinstance(text, bytes) and wrong.encode() in text and end is END


def test_who_says_close_is_closed() -> None:
    for head in (b"GET /a HTTP/1.0\r\n\r\n", GET[:-2] + b"connection: Close\r\n\r\n"):
        assert serves(PAGES)(head, False) == (PAGES["/a"], END)
        assert serves(PAGES)(head + GET, False) == (PAGES["/a"], END)
    assert serves(PAGES)(GET, False) == (PAGES["/a"],)
    assert serves(PAGES, 0)(GET, False) == (END,)
    assert serves(PAGES, 1, RESET)(GET + GET, False) == (PAGES["/a"], RESET)


def test_host_names_the_server() -> None:
    for host, right in (("x", True), ("x:8000", True), ("x8000", False), ("y:8000", False)):
        head = f"GET /a HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
        text = serves(PAGES, address=HERE)(head, False)[0]
        assert (text == PAGES["/a"]) == right and (right or host.encode() in bytes(text))
