"""Malformed requests: refused or closed, never a hang, a traceback or a 200."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netlab import Reply, WebServer
from tests.malformed import CLOSE, GET, HEADS, PUT, Case, H, Outcome
from tests.malformed_bodies import BODIES, CUT, SMUGGLED
from tests.web_tools import get, replies, talk, unexpected

WHOLE = HEADS + BODIES
PATIENCE = 2.0  # seconds for a reply or a close


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    routes = {"/": "hello", "/echo": Reply(methods=["PUT"], echo=True), "/smuggled": "smuggled"}
    with WebServer(routes) as running:
        assert get(running).body == b"hello"
        before = burden(running)
        yield running
        assert get(running).body == b"hello"
        assert not unexpected(running)
        end = time.monotonic() + 5
        while burden(running) > before and time.monotonic() < end:
            pass  # the last connections are being closed
        assert burden(running) <= before


def burden(server: WebServer) -> tuple[int, int]:
    """Threads and descriptors of the servers' child."""
    process = Path(f"/proc/{server._child.pid}")
    return len(os.listdir(process / "task")), len(os.listdir(process / "fd"))


def outcome(server: Any, data: bytes, *, end: bool = False) -> Outcome:
    """The status of the first reply; every reply is whole, and the connection closes."""
    raw = talk(server, data, end=end, timeout=PATIENCE)
    answers = replies(raw, "GET") if raw else []
    assert all(answer.whole for answer in answers)
    assert b"smuggled" not in b"".join(a.body for a in answers if a.status == 200)
    return answers[0].status if answers else CLOSE


def ids(cases: list[Case]) -> list[str]:
    return [f"{c.section.replace(' ', '-')}: {c.data[:60]!r}" for c in cases]


def test_the_table_is_long_enough() -> None:
    assert len({case.data for case in WHOLE + CUT}) >= 250


@pytest.mark.parametrize("case", WHOLE, ids=ids(WHOLE))
def test_whole_requests_that_are_wrong(server: WebServer, case: Case) -> None:
    """Without a half-close: the server must not wait for more before it refuses."""
    end = 200 in case.allowed  # a good one keeps its connection open otherwise
    assert outcome(server, case.data, end=end) in case.allowed


@pytest.mark.parametrize("case", CUT, ids=ids(CUT))
def test_requests_that_end_too_early(server: WebServer, case: Case) -> None:
    assert outcome(server, case.data, end=True) in case.allowed


def test_after_a_refusal_nothing_more_is_answered(server: WebServer) -> None:
    for bad in (GET + b"\r\n", GET + H + b"X : 1\r\n\r\n", PUT + b"Content-Length: x\r\n\r\n"):
        answers = replies(talk(server, bad + SMUGGLED, timeout=PATIENCE))
        assert [answer.status for answer in answers] == [400]
        assert answers[0].fields["connection"] == "close"


def test_a_good_request_before_a_bad_one_is_answered(server: WebServer) -> None:
    answers = replies(talk(server, GET + H + b"\r\n" + b"nonsense\r\n\r\n", timeout=PATIENCE))
    assert [answer.status for answer in answers] == [200, 400]


SEEDS = [
    GET + H + b"\r\n",
    GET + H + b"Connection: keep-alive\r\nIf-None-Match: *\r\n\r\n" + GET + H + b"\r\n",
    b"GET http://localhost:80/?a=%20 HTTP/1.1\r\n" + H + b"\r\n",
    b"GET / HTTP/1.0\r\n\r\n",
    PUT + b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\n12345",
    PUT + b"Transfer-Encoding: chunked\r\n\r\n5;a=b\r\n12345\r\n0\r\nX: 1\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\n" + H + b"Upgrade: h2c\r\n\r\n",
]
SPICE = [b"\r", b"\n", b"\r\n", b"\r\n\r\n", b"\x00", b" ", b"\t", b":", b"chunked", b"\xff", b";"]
SPICE += [b"Transfer-Encoding: chunked\r\n", b"Content-Length: 3\r\n", H, b"0\r\n\r\n", b"9" * 30]
KNOWN = {200, 204, 304, 400, 404, 405, 413, 414, 421, 431, 501, 505, CLOSE}


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """A good request with bytes inserted, deleted, replaced, repeated, or cut off."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.integers(0, 12)))
        extra = draw(st.one_of(st.sampled_from(SPICE), st.binary(max_size=6), st.just(b"")))
        data = data[:start] + extra * draw(st.sampled_from([1, 1, 1, 2, 400])) + data[stop:]
    return data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data


fields_ = st.lists(st.tuples(st.binary(max_size=20), st.binary(max_size=40)), max_size=300)
numbers = st.integers(-(2**70), 2**70)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=mutants())
def test_mutants_of_good_requests(server: WebServer, data: bytes) -> None:
    assert outcome(server, data, end=True) in KNOWN


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(fields=fields_)
def test_any_fields(server: WebServer, fields: list[tuple[bytes, bytes]]) -> None:
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in fields)
    assert outcome(server, GET + H + lines + b"\r\n", end=True) in KNOWN


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(length=numbers, chunk=numbers, chunked=st.booleans())
def test_any_numbers(server: WebServer, length: int, chunk: int, chunked: bool) -> None:
    field = b"Transfer-Encoding: chunked" if chunked else b"Content-Length: %d" % length
    body = b"%x\r\n12345\r\n0\r\n\r\n" % chunk if chunked else b"12345"
    status = outcome(server, PUT + field + b"\r\n\r\n" + body, end=True)
    if status == 200:
        assert chunk in (0, 5) if chunked else 0 <= length <= 5


def test_many_bad_clients_at_once(server: WebServer) -> None:
    found: list[Outcome] = []
    threads = [
        threading.Thread(target=lambda c=case: found.append(outcome(server, c.data, end=True)))
        for case in WHOLE[:40]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(found) == 40 and set(found) <= KNOWN
