"""Cured: three protocols that stall, with one write for each message."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator

from netlab.referee.net import Net
from netlab.referee.scenario import SOCK, Call, Reaction, Scenario, Sends

LESSON = 24
NEEDS: tuple[str, ...] = ()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"


def scenarios(seed: str) -> Iterator[Scenario]:
    """Fifteen; the letters depend on the seed, the lengths do not."""
    rng = random.Random(f"Cured {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    def sends(
        behaviour: str, words: str, *calls: Call, sent: bytes, accepts: tuple[int, ...] = ()
    ) -> Scenario:
        """Each call is a message, and each message one write, unless the kernel takes a part."""
        made = (Call(text="cured = Cured()"), *calls)
        after = None if accepts else writes(len(calls))
        return Scenario(behaviour, words, made, accepts=accepts, sent=sent, after=after)

    def reply(body: bytes) -> tuple[Call, bytes]:
        head = HEAD % len(body)
        return _call("reply", "head, body", head, body), head + body

    def frame(data: bytes) -> tuple[Call, bytes]:
        return _call("send", "data", data), len(data).to_bytes(4, "big") + data

    def ask(*questions: list[bytes], cut: bool = False) -> Scenario:
        answers = [word(5) for _ in questions]
        sent = [b"".join(line + b"\n" for line in lines) + b"\n" for lines in questions]
        calls = [
            _call("ask", "lines", lines, returns=answer)
            for lines, answer in zip(questions, answers, strict=True)
        ]
        return Scenario(
            behaviour,
            words,
            (Call(text="cured = Cured()"), *calls),
            sent=b"".join(sent),
            reacts=_answers(sent, answers, cut),
            after=writes(len(questions)),
        )

    behaviour = "a reply in one write"
    call, sent = reply(word(6))
    yield sends(behaviour, "A head and a body of 6 bytes.", call, sent=sent)
    call, sent = reply(b"")
    yield sends(behaviour, "A head, and an empty body.", call, sent=sent)
    call, sent = reply(word(70_000))
    yield sends(behaviour, "A head and a body of 70000 bytes.", call, sent=sent)

    behaviour = "a question in one write"
    words = "A question of two lines. The server answers when it has all of it."
    yield ask([word(5), word(2)])
    words = "A question of one line."
    yield ask([word(5)])
    words = "A question of 40 lines."
    yield ask([word(5) for _ in range(40)])
    words = "A question of 12000 bytes in 60 lines."
    yield ask([word(199) for _ in range(60)])
    words = "A question of two lines; the answer arrives in two pieces."
    yield ask([word(5), word(2)], cut=True)

    behaviour = "a frame in one write"
    call, sent = frame(word(5))
    yield sends(behaviour, "A message of 5 bytes.", call, sent=sent)
    call, sent = frame(b"")
    yield sends(behaviour, "An empty message. It has a length, too: 0.", call, sent=sent)
    call, sent = frame(word(20_000))
    yield sends(behaviour, "A message of 20000 bytes.", call, sent=sent)

    behaviour = "one after another"
    calls, parts = zip(*(reply(word(size)) for size in (6, 0, 9)), strict=True)
    yield sends(behaviour, "Three replies on one connection.", *calls, sent=b"".join(parts))
    words = "Three questions on one connection, each when the last one is answered."
    yield ask([word(5), word(2)], [word(4)], [word(5), word(3)])

    behaviour = "short writes"
    call, sent = reply(word(6))
    words = "A reply. The first `send` takes 3 bytes at most, the second 20."
    yield sends(behaviour, words, call, sent=sent, accepts=(3, 20))
    call, sent = frame(word(5))
    words = "A message of 5 bytes. The first `send` takes 5 bytes at most, the second 1."
    yield sends(behaviour, words, call, sent=sent, accepts=(5, 1))


def writes(count: int) -> Callable[[Net], str]:
    """An `after`: so many writes, and the connection left open."""

    def check(net: Net) -> str:
        if net.peers[0].closed:
            return "expected the connection to stay open\nclose() was called"
        sizes = [len(event.data) for event in net.log if event.sent and event.data is not None]
        if len(sizes) == count:
            return ""
        each = "message" if count == 1 else "messages"
        came = ", ".join(map(str, sizes[:8])) + ", ..." * (len(sizes) > 8)
        wanted = f"expected {count} write{'s' * (count > 1)} for {count} {each}"
        return f"{wanted}\ncame     {len(sizes)}, of {came} bytes" if sizes else f"{wanted}\ncame 0"

    return check


def _call(method: str, names: str, *values: object, returns: object = None) -> Call:
    """Long arguments have names in a report, and stand below."""
    about = "\n".join(
        f"{name} = {_brief(value)}" for name, value in zip(names.split(", "), values, strict=True)
    )
    text = f"cured.{method}(sock, {names})\n{about}"
    if returns is None:
        return Call((SOCK, *values), method, text=text)
    return Call((SOCK, *values), method, returns=returns, text=text)


def _brief(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:40]} ... {text[-10:]}"


def _answers(questions: list[bytes], answers: list[bytes], cut: bool) -> Reaction:
    """A server that answers each question as soon as it has all of it."""

    def reaction(heard: bytes, ended: bool) -> Sends:
        sends: list[bytes] = []
        for question, answer in zip(questions, answers, strict=True):
            if not heard.startswith(question):
                break
            heard = heard[len(question) :]
            sends += (answer[:2], answer[2:] + b"\n") if cut else (answer + b"\n",)
        return tuple(sends)

    return reaction
