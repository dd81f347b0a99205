"""The child's side: `python -P -m netlab._worker MODE [PIDFD]`, JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

Commands = dict[str, Callable[..., dict[str, Any] | None]]


def main() -> None:
    mode = sys.argv[1]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the stop button is for the cell, not for servers
    threading.Thread(target=_end_with_the_kernel, args=sys.argv[2:3], daemon=True).start()
    commands: Commands
    if mode == "servers":
        from netlab.servers.child import commands as server_commands

        commands = server_commands()
    elif mode == "relay":
        from netlab.wire.child import commands as relay_commands

        commands = relay_commands()
    else:
        raise SystemExit(f"netlab._worker knows the modes servers and relay, not {mode!r}")
    _say({"number": 0})
    for line in sys.stdin.buffer:  # ends when the kernel closes the pipe, however it ended
        request = json.loads(line)
        number, do = request.pop("number"), request.pop("do")
        try:
            reply = commands[do](**request) or {}
        except (OSError, ValueError) as error:
            reply = {"error": str(error)}
        except Exception as error:  # a request that nobody foresaw must not end every server
            reply = {"error": f"{type(error).__name__}: {error}"}
        _say({"number": number, **reply})
    os._exit(0)


def _say(message: dict[str, Any]) -> None:
    try:
        sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
        sys.stdout.buffer.flush()
    except OSError:
        os._exit(0)


def _end_with_the_kernel(pidfd: str = "") -> None:
    """Exit when the kernel's process ends, even if a forked copy of it still holds our pipe."""
    if pidfd:
        select.select([int(pidfd)], [], [])  # a pidfd becomes readable when its process ends
    elif sys.platform == "darwin":
        event = select.kevent(
            os.getppid(), select.KQ_FILTER_PROC, select.KQ_EV_ADD, select.KQ_NOTE_EXIT
        )
        select.kqueue().control([event], 1, None)
    else:  # Windows cannot fork: there the end of standard input is enough
        return
    os._exit(0)


if __name__ == "__main__":
    main()
