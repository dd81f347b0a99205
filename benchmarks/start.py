"""What a learner waits for: the first server, and the import."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.processes import ask
from benchmarks.rounds import Round, Session, summary
from benchmarks.table import Line


def first_server(session: Session) -> list[Line]:
    sides = {name: fresh("first_server", name) for name in ("netlab", "asyncio")}
    results = session.interleave("start", sides, rounds=12)
    ours, theirs = results["netlab"], results["asyncio"]
    against = "a child that imports asyncio"
    return [Line("first EchoServer has answered", against, ours, theirs, 1.6, unit="ms")]


def importing(session: Session) -> list[Line]:
    modules = ("netlab", "matplotlib.pyplot")
    sides = {name: fresh("import_time", name) for name in modules}
    results = session.interleave("import", sides, rounds=10)
    ours, theirs = (results[name] for name in modules)
    return [Line("import netlab", "import matplotlib.pyplot", ours, theirs, 0.05, unit="ms")]


def fresh(program: str, argument: str) -> Callable[[], Round]:
    return lambda: summary([float(ask(program, argument))])
