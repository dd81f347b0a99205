"""`python -m benchmarks [name ...]`: measure, and print a table of ratios.

Times on loopback say more about the machine than about the program, so every figure is a ratio
of two things measured in turns in the same run; the times themselves stand in brackets.
"""

from __future__ import annotations

import os
import platform
import signal
import sys
import traceback

from tqdm import tqdm

from benchmarks import bulk, busy_cell, datagrams, echo, network, relay, start, web
from benchmarks.rounds import Session, Skip
from benchmarks.table import table

PAIRS = {
    "relay": relay.measure,
    "datagrams": datagrams.measure,
    "echo": echo.measure,
    "busy": busy_cell.measure,
    "start": start.first_server,
    "import": start.importing,
    "bulk": bulk.measure,
    "web": web.measure,
    "network": network.measure,
}


def main(names: list[str]) -> None:
    if unknown := set(names) - set(PAIRS):
        known = ", ".join(PAIRS)
        raise SystemExit(f"no benchmark is called {', '.join(unknown)}; there are {known}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that every peer is ended
    tqdm.monitor_interval = 0  # its thread would wake up between samples
    session, rows, broken = Session(), [], []
    for name in names or list(PAIRS):
        try:
            rows += [line.row() for line in PAIRS[name](session)]
        except Skip as reason:
            print(f"{name}: not measured here: {reason}.")
        except Exception:
            traceback.print_exc()
            broken.append(name)
    if rows:
        print(table(rows))
    missed = sum("MISSED" in row for row in rows)
    print(f"\nGoals missed: {missed}." if missed else "\nNo goal is missed.")
    print(session.gate)
    print(f"{platform.system()} {platform.release()}, Python {platform.python_version()}, ", end="")
    print(f"{os.cpu_count()} CPUs. Ratios of medians over shuffled rounds.")
    if broken:
        raise SystemExit(f"broken, not measured: {', '.join(broken)}")


if __name__ == "__main__":
    main(sys.argv[1:])
