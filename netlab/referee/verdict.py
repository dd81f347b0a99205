"""The verdict on one answer: every scenario played, and where the first gap is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from netlab.referee.gap import Gap, find_gap
from netlab.referee.net import Net
from netlab.referee.play import Played, Referee
from netlab.referee.scenario import Scenario
from netlab.referee.source import Answer

ENDLESS = 2


@dataclass(frozen=True)
class Result:
    """One scenario: what was seen, and the gap, if there is one."""

    played: Played
    gap: Gap | None


@dataclass(frozen=True)
class Verdict:
    """All results in order. `level` says how closely the answer was shut in."""

    answer: Answer
    results: tuple[Result, ...]
    level: str

    @property
    def passed(self) -> bool:
        return bool(self.results) and self.first_failure is None

    @property
    def first_failure(self) -> Result | None:
        return next((result for result in self.results if result.gap), None)

    @property
    def behaviours(self) -> dict[str, bool]:
        """Each named behaviour, and whether all its scenarios pass: what points are given for."""
        kept: dict[str, bool] = {}
        for result in self.results:
            name = result.played.scenario.behaviour
            kept[name] = kept.get(name, True) and result.gap is None
        return kept


def judge(answer: Answer, scenarios: Sequence[Scenario]) -> Verdict:
    """Play every scenario with one answer, in a process that has run no other."""
    with Referee() as referee:
        return judge_by(referee, answer, scenarios)


def judge_by(referee: Referee, answer: Answer, scenarios: Sequence[Scenario]) -> Verdict:
    """The same by a referee who may have seen other answers: only for programs that are ours.

    A scenario that never ends also ends its behaviour: the rest is not run, nor is anything after
    ENDLESS such behaviours, so that no verdict takes longer than about three seconds.
    """
    results = []
    endless: set[str] = set()
    for scenario in scenarios:
        if scenario.behaviour in endless or len(endless) == ENDLESS:
            played = Played(scenario, Net(scenario))
        else:
            played = referee.play(answer, scenario)
        if played.outcomes and played.outcomes[-1].kind == "running":
            endless.add(scenario.behaviour)
        results.append(Result(played, find_gap(played)))
    return Verdict(answer, tuple(results), referee.level)
