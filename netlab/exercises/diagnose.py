"""Naming a mistake: only when a known wrong program does exactly the same, everywhere."""

from __future__ import annotations

from netlab.exercises.bank import Exercise, message
from netlab.referee.play import Played, Referee
from netlab.referee.source import Answer
from netlab.referee.verdict import Verdict


def diagnose(referee: Referee, exercise: Exercise, verdict: Verdict) -> list[str]:
    """The message of the wrong program that behaves like this answer; empty if none does."""
    failed = verdict.first_failure
    if failed is None:
        return []
    seen = [result.played for result in verdict.results if result.played.outcomes]
    order = [failed.played, *(played for played in seen if played is not failed.played)]
    for program in exercise.wrong.values():
        if all(_same(referee, program, played) for played in order):
            return [line for line in message(program) if line]
    return []


def _same(referee: Referee, program: Answer, played: Played) -> bool:
    return referee.play(program, played.scenario).behaviour == played.behaviour
