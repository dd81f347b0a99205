"""WebServer beside http.server: a page of 1 kB and a file of 1 MB, to 50 clients at once.

Runnable alone: `python -m benchmarks.web`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.processes import PATIENCE, peer
from benchmarks.rounds import Round, Session, Skip
from benchmarks.table import Fact, Line, table

FILES = {"page.html": 1024, "file.bin": 1_048_576}
SIDES = ("files", "routes", "stdlib")
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


def measure(session: Session) -> list[Line | Fact]:
    if not shutil.which("wrk"):
        raise Skip("wrk is not installed (apt install wrk)")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name, size in FILES.items():
            (folder / name).write_bytes(b"x" * size)
        urls = {}
        for side in SIDES:
            _, port = stack.enter_context(peer("web", side, folder))
            urls[side] = f"http://127.0.0.1:{port}"
        page = session.interleave(
            "web page",
            {side: lambda url=url: wrk(f"{url}/page.html")[0] for side, url in urls.items()},
        )
        file = session.interleave(
            "web file",
            {
                side: lambda url=urls[side]: wrk(f"{url}/file.bin")[0]
                for side in ("files", "stdlib")
            },
        )
        _, errors = wrk(f"{urls['files']}/page.html", seconds=10)
    rows: list[Line | Fact] = []
    for what, ours, theirs in (
        ("page of 1 kB", page["files"], page["stdlib"]),
        ("page of 1 kB from a dict", page["routes"], page["stdlib"]),
        ("file of 1 MB", file["files"], file["stdlib"]),
    ):
        rows.append(Line(f"{what}, time per request", "http.server", ours, theirs, 1.0))
        rows.append(Line(f"{what}, p99", "http.server", ours, theirs, 1.0, "p99", "ms"))
    return [
        *rows,
        Fact("10 s at 50 connections without errors", not errors, f"[{errors or 'none'}]"),
    ]


def wrk(url: str, seconds: int = 3) -> tuple[Round, str]:
    """Seconds per request (one over requests per second) and p99; what went wrong."""
    command = ["wrk", "-t2", "-c50", f"-d{seconds}s", "--latency", url]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    p99 = re.search(r" 99%\s+([\d.]+)(us|ms|s|m)\s", done.stdout)
    if not rate or not p99:
        raise RuntimeError(f"wrk printed no rate or no p99: {done.stdout[-500:]}")
    errors = re.findall(r"(?:Socket errors|Non-2xx).*", done.stdout)
    one = 1 / float(rate[1])
    return Round(one, float(p99[1]) * UNITS[p99[2]], one), "; ".join(errors)


if __name__ == "__main__":
    session = Session()
    print(table([line.row() for line in measure(session)]))
    print(session.gate)
