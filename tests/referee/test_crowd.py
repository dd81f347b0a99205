"""Many scripted clients: selectors behave as real ones, and nothing waits without being said."""

from __future__ import annotations

import select
import selectors
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from netlab.exercises.bank import find
from netlab.referee.crowd import Crowd
from netlab.referee.gap import find_gap
from netlab.referee.peer import PATIENCE, Nonsense
from netlab.referee.play import Referee
from netlab.referee.scenario import END, LISTENER, RESET, Call, Moment, Scenario
from netlab.referee.source import Answer
from netlab.referee.worker import net as worker
from netlab.referee.worker import ready
from netlab.referee.worker.sock import Stop
from tests.referee.test_peer import seen

NAMES = [f"{kind}Selector" for kind in ready.KINDS]


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Crowd]]:
    """Within a test, this process's sockets and selectors are those of a scenario."""
    for name in ("socket", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, getattr(socket, name))
    for name in NAMES:
        monkeypatch.setattr(selectors, name, getattr(selectors, name, None), raising=False)
    for name in ("select", "poll", "epoll", "kqueue", "devpoll"):
        if hasattr(select, name):
            monkeypatch.setattr(select, name, getattr(select, name))

    def install(*moments: Moment, **more: Any) -> Crowd:
        played = Crowd(Scenario("", "", moments=moments, **more))
        worker.install(played.answer)
        ready.install(played.answer)
        return played

    yield install


def loop_calls(listener: Any) -> list[Any]:
    """What a program sees of two clients, of whom one says something and goes."""
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ, "door")
    found: list[Any] = [[(key.data, events) for key, events in selector.select(5)]]
    conn = listener.accept()[0]
    conn.setblocking(False)
    found += [seen(lambda: selector.register(listener, selectors.EVENT_READ))]
    found += [seen(lambda: selector.unregister(conn)), seen(lambda: selector.register(conn, 0))]
    selector.register(conn, selectors.EVENT_READ | selectors.EVENT_WRITE, "one")
    found += [[(key.data, events) for key, events in selector.select(5)]]
    found += [conn.recv(9), seen(lambda: conn.recv(9)), conn.send(b"x")]
    selector.modify(conn, selectors.EVENT_READ, "two")
    found += [len(selector.select(0)), select.select([conn], [conn], [], 0)[1] == [conn]]
    selector.unregister(conn)
    conn.close()
    found += [conn.fileno(), seen(lambda: selector.unregister(conn)), len(selector.get_map())]
    found += [seen(lambda: select.select([conn], [], [], 0))]
    return found


def test_a_loop_sees_what_it_sees_of_real_clients(crowd: Callable[..., Crowd]) -> None:
    real = socket.create_server(("127.0.0.1", 0))
    with real, socket.create_connection(real.getsockname(), timeout=5) as client:
        client.sendall(b"hello")
        expected = loop_calls(real)
    crowd(((1, b"hello"),))
    assert loop_calls(worker.listener()) == expected


def registered(*who: Any) -> Any:
    selector = selectors.DefaultSelector()
    for sock in who:
        selector.register(sock, selectors.EVENT_READ)
    return selector


def test_the_next_moment_comes_when_nothing_is_ready(crowd: Callable[..., Crowd]) -> None:
    played = crowd(((1, b"a"),), ((1, b"b"), (1, END)))
    listener = worker.listener()
    selector = registered(listener)
    assert len(selector.select()) == 1 and played.guests.keys() == {1}
    conn = listener.accept()[0]
    selector.register(conn, selectors.EVENT_READ)
    found = []
    for _ in range(3):
        assert [key.fileobj for key, _ in selector.select()] == [conn]
        found.append(conn.recv(9))
    assert found == [b"a", b"b", b""]
    selector.unregister(conn)
    with pytest.raises(Stop):
        selector.select()
    assert played.over == "idle"


@pytest.mark.parametrize("order", ["opening", "reverse", "shuffled"])
def test_the_scenario_says_in_which_order(order: str, crowd: Callable[..., Crowd]) -> None:
    crowd(tuple((who, b"x") for who in range(1, 51)), order=order)
    listener = worker.listener()
    numbers = {listener.accept()[0]: n for n in range(1, 51)}
    named = [numbers[key.fileobj] for key, _ in registered(*numbers).select()]
    assert sorted(named) == list(range(1, 51))
    assert (named == list(range(1, 51))) == (order == "opening")
    assert (named == list(range(50, 0, -1))) == (order == "reverse")


def test_room_is_what_a_client_takes(crowd: Callable[..., Crowd]) -> None:
    played = crowd(((1, 3),), ((1, 2),))
    conn = worker.listener().accept()[0]
    conn.setblocking(False)
    assert conn.send(b"abcde") == 3 and seen(lambda: conn.send(b"de")) is BlockingIOError
    assert select.select([], [conn], [])[1] == [conn]
    assert seen(lambda: conn.sendall(b"def")) is BlockingIOError
    assert played.guests[1].received == b"abcde"


@pytest.mark.parametrize(
    "call", [lambda c: c.recv(1), lambda c: c.send(b"1234"), lambda c: c.sendall(b"1234")]
)
def test_a_call_that_waits_for_one_holds_all(
    call: Callable[[Any], object], crowd: Callable[..., Crowd]
) -> None:
    played = crowd(((1, 3),), ((1, b"later"),))
    conn = worker.listener().accept()[0]
    with pytest.raises(Stop):
        call(conn)
    assert played.over == "held"


def test_a_reset_takes_what_was_on_its_way(crowd: Callable[..., Crowd]) -> None:
    crowd(((1, b"gone"), (1, 0), (1, RESET)))
    conn = worker.listener().accept()[0]
    conn.setblocking(False)
    assert select.select([conn], [conn], [], 0) == ([conn], [conn], [])
    assert seen(lambda: conn.recv(9)) is ConnectionResetError
    assert seen(lambda: conn.send(b"x")) is BrokenPipeError


def test_a_loop_in_which_nothing_moves_is_stopped(crowd: Callable[..., Crowd]) -> None:
    played = crowd(((1, b"x"),))
    conn = worker.listener().accept()[0]
    selector = registered(conn)
    with pytest.raises(Stop):
        while True:
            selector.select()
    assert played.over == "spins" and len(played.log) < PATIENCE + 5


@pytest.mark.parametrize("numbers", [None, ["1"], [0], [-2], [True, "a"], {"1": 2}])
def test_nonsense_is_no_select(numbers: Any, crowd: Callable[..., Crowd]) -> None:
    with pytest.raises(Nonsense):
        crowd(((1, b""),)).answer({"do": "select", "read": numbers, "write": []})


def test_a_loop_must_not_return() -> None:
    scenario = find("echo_loop").scenarios()[0]
    with Referee() as referee:
        played = referee.play(Answer.of_text("def f(listener): return 5", "f"), scenario)
    gap = find_gap(played)
    assert gap is not None and "a loop that goes on" in gap.lines[0] and gap.kind == "no error"


def test_another_check_plays_no_selector() -> None:
    text = "import select\ndef f(listener): select.select([listener], [], [], 1)"
    scenario = Scenario("", "", (Call((LISTENER,), raises="OSError"),), clients=((END,),))
    with Referee() as referee:
        played = referee.play(Answer.of_text(text, "f"), scenario)
    assert find_gap(played) is None and "no selector" in played.outcomes[0].words
