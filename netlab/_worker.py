"""The child's side: `python -P -m netlab._worker MODE [PIDFD CHANNEL]`, JSON lines in and out.

PIDFD ends us with the notebook's kernel; over CHANNEL, a Unix socket, descriptors travel with
requests ("descriptors": how many, handed to the command as a list) and with replies.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

from netlab.background.descriptors import give, take

Commands = dict[str, Callable[..., dict[str, Any] | None]]


def main() -> None:
    mode = sys.argv[1]
    lifeline, beside = map(int, sys.argv[2:4] or ("-1", "-1"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the stop button is for the cell, not for servers
    if mode == "network":
        _isolate(lifeline)  # before any thread: the kernel lets no other process change worlds
    threading.Thread(target=_end_with_the_kernel, args=(lifeline,), daemon=True).start()
    commands: Commands
    if mode == "servers":
        from netlab.servers.child import commands as server_commands

        commands = server_commands()
    elif mode == "relay":
        from netlab.wire.child import commands as relay_commands

        commands = relay_commands()
    elif mode == "network":
        from netlab.network.child import commands as network_commands

        commands = network_commands()
    elif mode == "probe":
        from netlab.widgets.probe_child import commands as probe_commands

        commands = probe_commands()
    else:
        known = "servers, relay, network, probe"
        raise SystemExit(f"netlab._worker knows the modes {known}, not {mode!r}")
    channel = socket.socket(fileno=beside) if beside >= 0 else None
    _say({"number": 0})
    for line in sys.stdin.buffer:  # ends when the kernel closes the pipe, however it ended
        request = json.loads(line)
        number, do = request.pop("number"), request.pop("do")
        try:
            if channel and "descriptors" in request:
                request["descriptors"] = take(channel, number, request["descriptors"])
            reply = commands[do](**request) or {}
            if channel and (given := reply.pop("descriptors", None)):
                give(channel, number, given)
                for descriptor in given:  # the notebook has its own now
                    os.close(descriptor)
        except OSError as error:
            what = f": {error.filename!r}" if error.filename else ""
            reply = {"error": f"{error.strerror or error}{what}", "errno": error.errno}
        except ValueError as error:
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


def _isolate(lifeline: int) -> None:
    try:
        from netlab.network.namespaces import isolate

        isolate(lifeline)
    except OSError as error:
        _say({"number": 0, "error": error.strerror, "errno": error.errno})
        os._exit(1)


def _end_with_the_kernel(pidfd: int) -> None:
    """Exit when the kernel's process ends, even if a forked copy of it still holds our pipe."""
    if pidfd >= 0:
        select.select([pidfd], [], [])  # a pidfd becomes readable when its process ends
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
