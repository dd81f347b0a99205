"""One scenario, played: the worker makes the calls, the peer answers, what came is written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from netlab.referee.crowd import net_of
from netlab.referee.net import Net
from netlab.referee.peer import Nonsense
from netlab.referee.process import Worker, WorkerGone
from netlab.referee.scenario import Call, Scenario, Token
from netlab.referee.source import Answer, Piece
from netlab.referee.stuck import Place, place, stuck_at
from netlab.referee.values import pack, unpack

RETIRES = 500  # scenarios after which a worker, whose processor time is limited, is replaced
UNWINDING = 20  # calls that an answer may still make after its verdict is known


@dataclass
class Outcome:
    """What came of one call. kind is "returned", "raised", or why there is nothing: "blocked" in
    a call, "held" in one that waits for one client of many, "spins" in calls that bring nothing,
    "idle" in a select to which nothing more comes, "running", "ended", "flood"."""

    kind: str
    value: Any = None
    error: tuple[str, ...] = ()  # the raised error's name and those of its base classes
    words: str = ""
    place: Place | None = None
    printed: str = ""
    events: int = 0  # how long the log was when it came

    @property
    def behaviour(self) -> tuple[Any, ...]:
        """What two programs must share to be called the same mistake."""
        return self.kind, repr(self.value), self.error[:1]


@dataclass
class Played:
    """A scenario and all that was seen of it; `outcomes` is empty if it was not run at all."""

    scenario: Scenario
    peer: Net
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def behaviour(self) -> tuple[Any, ...]:
        if self.scenario.looks is not None and self.outcomes[-1].kind == "returned":
            return (self.scenario.looks(self.outcomes[-1].value).partition("\n")[0],)
        seen = tuple(map(_seen, self.scenario.calls, self.outcomes))
        after = self.scenario.after
        return seen, self.peer.state, after(self.peer) if after else ""


class Referee:
    """Plays scenarios; starts a new worker whenever the last one was ended."""

    def __init__(self) -> None:
        self.level = ""
        self._pieces: tuple[Piece, ...] = ()
        self._count = 0
        self._worker: Worker | None = None

    def __enter__(self) -> Referee:
        return self

    def __exit__(self, *error: object) -> None:
        self._end_worker()

    def play(self, answer: Answer, scenario: Scenario) -> Played:
        """What the answer does in this scenario; never raises for what an answer does."""
        self._pieces = answer.pieces
        played = Played(scenario, net_of(scenario))
        self._count += 1
        if self._count % RETIRES == 0:
            self._end_worker()
        try:
            worker = self._worker = self._worker or Worker()
            self.level = worker.level
            worker.start_clock()
            outcome = self._load(worker, played.peer, answer)
            if outcome.kind != "returned":
                played.outcomes.append(outcome)
            elif scenario.looks is not None:
                played.outcomes.append(self._ask(worker, played.peer, {"do": "value"}))
            else:
                self._calls(worker, played)
            worker.stop_clock()
        except WorkerGone as gone:
            self._note_the_end(gone.why, played)
        return played

    def _calls(self, worker: Worker, played: Played) -> None:
        for call in played.scenario.calls:
            outcome = self._ask(worker, played.peer, _request(call))
            played.outcomes.append(outcome)
            may = call.raises or call.may_raise in outcome.error
            if outcome.kind != "returned" and not may:
                break

    def _load(self, worker: Worker, peer: Net, answer: Answer) -> Outcome:
        pieces = [
            {"text": piece.text, "line": piece.line, "file": piece.file} for piece in answer.pieces
        ]
        datagrams = peer.scenario.answers is not None
        clock = datagrams or peer.scenario.takes is not None
        request = {"do": "load", "name": answer.name, "pieces": pieces, "clock": clock}
        request["datagrams"] = datagrams
        return self._ask(worker, peer, request)

    def _ask(self, worker: Worker, peer: Net, request: dict[str, Any]) -> Outcome:
        """Send one request, answer the questions that it leads to, return what came at last."""
        worker.say(request)
        late = 0
        while "do" in (message := worker.hear()):
            late += bool(peer.over)
            if late > UNWINDING:
                raise WorkerGone(peer.over)
            try:
                worker.say(peer.answer(message))
            except Nonsense:
                raise WorkerGone("ended") from None
        outcome = self._outcome(message)
        outcome.events = len(peer.log)
        if peer.over:
            outcome.kind = peer.over
        return outcome

    def _outcome(self, message: dict[str, Any]) -> Outcome:
        printed = str(message.get("printed", ""))[:400]
        try:
            if "raised" in message:
                error = tuple(str(name) for name in message["raised"])
                file, line = message["at"] or ("", 0)
                where = place(self._pieces, file, line)
                words = str(message["words"])
                return Outcome("raised", error=error, words=words, place=where, printed=printed)
            return Outcome("returned", unpack(message.get("returned")), printed=printed)
        except (ValueError, TypeError, KeyError):
            raise WorkerGone("ended") from None

    def _note_the_end(self, why: str, played: Played) -> None:
        """The worker is gone: say where it was, and let the next scenario have a new one."""
        where = None
        if why == "running" and self._worker is not None:
            self._worker.wait_for_clock()
            where = stuck_at(self._pieces, self._worker.stacks())
        kind = played.peer.over or why
        played.outcomes.append(Outcome(kind, place=where, events=len(played.peer.log)))
        self._end_worker()

    def _end_worker(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def _seen(call: Call, outcome: Outcome) -> tuple[Any, ...]:
    """A value that is judged by its looks is known by what they say."""
    if call.looks is not None and outcome.kind == "returned":
        return (call.looks(outcome.value),)
    return outcome.behaviour


def _request(call: Call) -> dict[str, Any]:
    arguments = [
        {"sock": item.value} if isinstance(item, Token) else pack(item) for item in call.args
    ]
    return {"do": "call", "method": call.method, "args": arguments}
