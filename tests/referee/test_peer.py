"""A scripted socket does what a real one does, for everything that an answer may call."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from typing import Any

import pytest

from netlab.referee.peer import CALLS, PATIENCE, Nonsense, Peer
from netlab.referee.scenario import END, RESET, Scenario, Sends, every_cut
from netlab.referee.worker.sock import ScriptedSocket, Stop


def scripted(*sends: bytes | Any, accepts: tuple[int, ...] = ()) -> tuple[ScriptedSocket, Peer]:
    peer = Peer(Scenario("", "", sends=sends, accepts=accepts))
    return ScriptedSocket(peer.answer), peer


def seen(function: Callable[[], Any]) -> Any:
    """A result, or the kind of an error."""
    try:
        return function()
    except Exception as error:
        return type(error)


CALLS_OF_A_READER: list[tuple[str, Callable[[Any], list[Any]]]] = [
    ("recv", lambda s: [s.recv(2), s.recv(10), s.recv(10), s.recv(10), s.recv(1)]),
    ("recv of nothing", lambda s: [s.recv(0), s.recv(3), s.recv(0)]),
    ("peek", lambda s: [s.recv(2, socket.MSG_PEEK), s.recv(4), s.recv(9, socket.MSG_PEEK)]),
    ("wait for all", lambda s: [s.recv(5, socket.MSG_WAITALL), s.recv(99, socket.MSG_WAITALL)]),
    ("file", lambda s: [s.makefile("rb").read()]),
    ("lines", lambda s: list(s.makefile("rb"))),
    ("text", lambda s: [s.makefile("r", encoding="ascii", newline="").read()]),
    ("unbuffered", lambda s: [s.makefile("rb", buffering=0).read(3), s.recv(2)]),
    ("buffers", lambda s: [s.recv_into(b := bytearray(4)), bytes(b), s.recv_into(b, 1)]),
    ("too small", lambda s: [seen(lambda: s.recv_into(bytearray(2), 3))]),
    ("negative", lambda s: [seen(lambda: s.recv(-1))]),
    ("no number", lambda s: [seen(lambda: s.recv("4")), seen(lambda: s.recv(4.0))]),
    ("closed", lambda s: [s.close(), seen(lambda: s.recv(4)), s.close()]),
    ("closed under a file", lambda s: [s.makefile("rb"), s.close()][1:]),
    ("text is no bytes", lambda s: [seen(lambda: s.send("a")), seen(lambda: s.sendall(4))]),
    ("sent", lambda s: [s.send(b"abc"), s.sendall(b""), s.send(memoryview(b"xy"))]),
    ("with", lambda s: [s.__enter__() is s, s.__exit__(None, None, None), seen(lambda: s.recv(1))]),
]


@pytest.mark.parametrize(("name", "read"), CALLS_OF_A_READER)
def test_as_a_real_socket(name: str, read: Callable[[Any], list[Any]]) -> None:
    """Both get abc, de\\n and the end. The real one gets the pieces lock-step, where it matters."""
    text = b"abcde\n"
    real, far = socket.socketpair()
    with real, far:
        real.settimeout(None)
        far.sendall(text)
        far.shutdown(socket.SHUT_WR)
        expected = read(real)
    sock, _ = scripted(text, END)
    assert read(sock) == expected


def test_a_reset_is_as_real() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, socket.create_connection(listener.getsockname(), timeout=5) as real:
        conn, _ = listener.accept()
        conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        conn.close()
        assert seen(lambda: real.recv(1)) is ConnectionResetError
    sock, _ = scripted(b"a", RESET)
    assert sock.recv(5) == b"a" and seen(lambda: sock.recv(1)) is ConnectionResetError


def test_pieces_stay_apart_and_short_writes_are_short() -> None:
    sock, peer = scripted(b"ab", b"cd", accepts=(2, 1))
    assert [sock.recv(10), sock.recv(1), sock.recv(10)] == [b"ab", b"c", b"d"]
    assert [sock.send(b"wxyz"), sock.send(b"yz"), sock.send(b"z!")] == [2, 1, 2]
    assert peer.received == b"wxyz!" and peer.left == b""


@pytest.mark.parametrize(
    ("sends", "timeout", "error"),
    [((), None, Stop), ((), 5.0, TimeoutError), ((), 0.0, BlockingIOError)],
)
def test_silence(sends: Sends, timeout: float | None, error: type[BaseException]) -> None:
    sock, _ = scripted(*sends)
    sock.settimeout(timeout)
    with pytest.raises(error):
        sock.recv(1)


def test_what_never_ends_is_stopped() -> None:
    sock, peer = scripted(END)
    with pytest.raises(Stop):
        while True:
            sock.recv(1)
    assert peer.over == "spins" and len(peer.log) == PATIENCE + 1
    sock, peer = scripted()
    with pytest.raises(Stop):
        while True:
            sock.send(b"a")
    assert peer.over == "spins" and len(peer.log) <= CALLS + 1


@pytest.mark.parametrize(
    "question",
    [{}, {"do": "recv"}, {"do": "recv", "name": "recv", "n": True}, {"do": "send", "name": "send"}],
)
def test_nonsense_is_no_call(question: dict[str, Any]) -> None:
    with pytest.raises(Nonsense):
        scripted(b"a")[1].answer(question)


def test_every_cut() -> None:
    assert sorted(every_cut(b"abc")) == [
        (b"a", b"b", b"c"),
        (b"a", b"bc"),
        (b"ab", b"c"),
        (b"abc",),
    ]
    assert len(set(every_cut(bytes(range(7))))) == 64
