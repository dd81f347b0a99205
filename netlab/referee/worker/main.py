"""The worker's main loop: JSON lines from the referee on standard input, JSON lines back."""

from __future__ import annotations

import faulthandler
import io
import json
import os
import signal
import sys
import types

from netlab.referee.values import pack, unpack
from netlab.referee.worker import net, ready, sandbox
from netlab.referee.worker.clock import set_clock
from netlab.referee.worker.sock import ScriptedDatagrams, ScriptedSocket, Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO

PRINTED = 400  # characters of what the answer prints are kept
LIFETIME = 60  # seconds for a scenario; whatever happens to the notebook, this process ends
PATIENCE = 0.8  # seconds until a stuck answer shows its place by itself, where no signal can ask


def main() -> None:
    commands, replies, stacks = _take_the_pipes()
    if hasattr(signal, "SIGUSR1"):
        faulthandler.register(signal.SIGUSR1, file=stacks, all_threads=False)
    sys.path.remove(sys.argv[1])  # an answer finds the standard library and nothing of netlab's
    try:
        level = sandbox.close()
    except OSError as error:
        os.write(stacks, f"it could not be closed in: {error}".encode())
        raise
    for name in [name for name in sys.modules if name.partition(".")[0] == "netlab"]:
        del sys.modules[name]
    run = Run(commands, replies, stacks)
    run.say({"ready": level})
    for line in commands:
        run.do(json.loads(line))
    os._exit(0)


class Printed(io.StringIO):
    """Standard output as the answer sees it: only the beginning is kept."""

    def write(self, text: str) -> int:
        if (room := PRINTED - self.tell()) > 0:
            super().write(text[:room])
        return len(text)


class Run:
    """One scenario after another: load the answer afresh, then make the calls."""

    def __init__(self, commands: BinaryIO, replies: BinaryIO, stacks: int) -> None:
        self.commands, self.replies, self.stacks = commands, replies, stacks
        self.codes: dict[tuple[str, str], types.CodeType] = {}  # compiled once, run afresh
        self.module = types.ModuleType("answer")
        self.answer: Any = None
        self.subject: Any = None  # what the first call returned: its methods may be called next
        self.socks: dict[str, Any] = {}
        self.scenario = 0

    def do(self, request: dict[str, Any]) -> None:
        sys.stdout = sys.stderr = printed = Printed()
        if not hasattr(signal, "SIGUSR1"):
            faulthandler.dump_traceback_later(PATIENCE, file=self.stacks)
        try:
            if request["do"] == "load":
                set_clock(self.ask_the_time if request["clock"] else None)
                self.load(request["pieces"], request["name"], request["datagrams"])
                result: dict[str, Any] = {"returned": None}
            elif request["do"] == "value":
                result = {"returned": pack(self.answer)}
            else:
                result = {"returned": pack(self.call(request))}
        except Stop:
            result = {"stopped": True}
        except BaseException as error:  # exit() and the like too: whatever the answer raised
            result = _raised(error)
        self.say({**result, "printed": printed.getvalue()})

    def load(self, pieces: list[dict[str, Any]], name: str, datagrams: bool) -> None:
        if hasattr(signal, "alarm"):
            signal.alarm(LIFETIME)
        self.module = types.ModuleType("answer")
        sys.modules["answer"] = self.module
        net.forget()
        self.scenario += 1
        ask = self.asker()
        net.install(ask)
        ready.install(ask)
        given = ScriptedDatagrams(ask) if datagrams else ScriptedSocket(ask)
        self.socks = {"sock": given, "listener": net.listener()}
        self.socks["connect"] = net.connect
        self.socks["ask"] = self.take_time
        for piece in pieces:
            text = "\n" * (piece["line"] - 1) + piece["text"]
            key = piece["file"], text
            if key not in self.codes:
                self.codes[key] = compile(text, piece["file"], "exec")
            exec(self.codes[key], self.module.__dict__)
        self.answer = self.module.__dict__[name]

    def call(self, request: dict[str, Any]) -> Any:
        arguments = [unpack(argument, self.socks) for argument in request["args"]]
        if request["method"]:
            return getattr(self.subject, request["method"])(*arguments)
        self.subject = self.answer(*arguments)
        return self.subject

    def asker(self) -> Callable[[dict[str, Any]], dict[str, Any]]:
        """What this scenario's sockets ask by. A file that nobody closed closes its socket when it
        is forgotten, perhaps in a later scenario: then nobody is asked any more."""
        scenario = self.scenario

        def ask(question: dict[str, Any]) -> dict[str, Any]:
            if scenario == self.scenario:
                return self.ask(question)
            return {"data": "", "count": len(question.get("data", ""))}

        return ask

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        self.say(question)
        reply: dict[str, Any] = json.loads(self.commands.readline())
        return reply

    def ask_the_time(self, question: dict[str, Any]) -> dict[str, Any]:
        reply = self.ask(question)
        if "stop" in reply:
            raise Stop(reply["stop"])
        return reply

    def take_time(self) -> None:
        """The function that bench and its kind are given: it asks somebody, and waits."""
        self.ask_the_time({"do": "ask"})

    def say(self, message: dict[str, Any]) -> None:
        self.replies.write(json.dumps(message).encode() + b"\n")
        self.replies.flush()


def _take_the_pipes() -> tuple[BinaryIO, BinaryIO, int]:
    """Our pipes under other numbers; 0, 1 and 2 are open, and lead nowhere."""
    commands, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    stacks = os.dup(2)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    return commands, replies, stacks


def _raised(error: BaseException) -> dict[str, Any]:
    """The error's kinds, its words, and the last line of the answer that it passed through."""
    place = None
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.startswith("<answer"):
            place = [code.co_filename, trace.tb_lineno]
        trace = trace.tb_next
    try:
        words = str(error)[:300]
    except BaseException:
        words = ""
    return {
        "raised": [_full_name(kind) for kind in type(error).__mro__],
        "words": words,
        "at": place,
    }


def _full_name(kind: type) -> str:
    plain = kind.__module__ in ("builtins", "answer")
    return kind.__name__ if plain else f"{kind.__module__}.{kind.__name__}"
