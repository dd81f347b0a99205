"""Turns: one at a time, in the order they came."""

from __future__ import annotations

import threading

from netlab.servers.turns import Turns


def test_who_waits_longest_is_next() -> None:
    turns, order = Turns(), []
    turns.take()

    def wait(name: int) -> None:
        turns.take()
        order.append(name)
        turns.give()

    threads = []
    for name in range(20):
        thread = threading.Thread(target=wait, args=(name,), daemon=True)
        thread.start()
        while len(turns._waiting) <= name:  # so that they queue up in this order
            thread.join(0.001)
        threads.append(thread)
    assert order == []
    turns.give()
    for thread in threads:
        thread.join(5)
    assert order == list(range(20))


def test_a_turn_is_one_at_a_time_and_none_is_lost() -> None:
    turns, inside, most, done = Turns(), [], [], []

    def work() -> None:
        for _ in range(200):
            turns.take()
            inside.append(1)
            most.append(len(inside))
            inside.pop()
            turns.give()
        done.append(1)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (len(done), max(most), len(most)) == (8, 1, 1600)
