"""A child process of the kernel: started once, spoken to in JSON lines, ended with the kernel."""

from __future__ import annotations

import atexit
import itertools
import json
import os
import queue
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from typing import Any

from netlab.background.descriptors import give, take

Message = dict[str, Any]
START_TIMEOUT = 20.0  # seconds; a cold disk may need several
CALL_TIMEOUT = 10.0


class ChildError(RuntimeError):
    """The child process ended, or did not answer."""


class Child:
    """One `python -P -m netlab._worker MODE`; `call` sends a request and returns its reply.

    -P keeps a learner's own socket.py or json.py from shadowing the standard library. The child
    gets a session of its own, so that the notebook's stop button does not reach it, and a pidfd of
    this process, so that it ends with the kernel even when a forked copy keeps its pipe open.
    """

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.owner = os.getpid()
        self._noise: deque[str] = deque(maxlen=20)
        self._waiting: dict[int, queue.SimpleQueue[Message]] = {}
        self._numbers = itertools.count(1)
        self._over = False  # the child has said its last word
        command = [sys.executable, "-P", "-m", "netlab._worker", mode]
        options: dict[str, Any] = {}
        lifeline = -1
        far: socket.socket | None = None
        self._descriptors = threading.Lock()  # who holds it has the channel to itself
        if sys.platform == "win32":
            options["creationflags"] = (
                subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
            )
        else:
            options["start_new_session"] = True
            self._channel, far = socket.socketpair()
            self._channel.settimeout(CALL_TIMEOUT)
            if hasattr(os, "pidfd_open"):
                lifeline = os.pidfd_open(self.owner)
            options["pass_fds"] = [fd for fd in (lifeline, far.fileno()) if fd >= 0]
            command += [str(lifeline), str(far.fileno())]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                bufsize=0,
                **options,
            )
        finally:
            if lifeline >= 0:
                os.close(lifeline)
            if far:
                far.close()
        self._ready: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._waiting[0] = self._ready  # the greeting is the reply to a request numbered 0
        self._reader = threading.Thread(
            target=self._read, daemon=True, name=f"netlab {mode} reader"
        )
        try:
            self._reader.start()
            atexit.register(self.close)
            self._take(0, self._ready, START_TIMEOUT)
        except BaseException:  # the stop button too
            self.close()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return os.getpid() == self.owner and self._process.poll() is None

    def call(
        self,
        do: str,
        timeout: float = CALL_TIMEOUT,
        *,
        descriptors: Sequence[int] = (),
        **arguments: Any,
    ) -> Message:
        """Send one request, wait for its reply (seconds); ChildError when none can come.

        `descriptors` travel with it (not on Windows): the child gets copies of its own.
        """
        number = next(self._numbers)
        request = {"number": number, "do": do, **arguments}
        answer: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._waiting[number] = answer
        try:
            if self._over:  # nobody is left to hand on a reply, though the pipe may still take this
                raise ChildError(self._obituary())
            if descriptors:
                request["descriptors"] = len(descriptors)
                with self._descriptors:  # so that they arrive in the order of the requests
                    give(self._channel, number, descriptors)
                    self._write(request)
            else:
                self._write(request)
            return self._take(number, answer, timeout)
        finally:
            self._waiting.pop(number, None)

    def call_for_descriptors(
        self, do: str, *, count: int, timeout: float = CALL_TIMEOUT, **arguments: Any
    ) -> tuple[Message, list[int]]:
        """As `call`, for a request whose reply comes with `count` descriptors, now the caller's."""
        with self._descriptors:
            reply = self.call(do, timeout, **arguments)
            return reply, take(self._channel, reply["number"], count)

    def tell(self, do: str, **arguments: Any) -> None:
        """Send a request whose reply nobody waits for; safe in a finalizer, never raises."""
        try:
            self._write({"number": -1, "do": do, **arguments})
        except (ChildError, ValueError):
            pass

    def close(self) -> None:
        """End the child: close its standard input, and kill it if that is not enough."""
        atexit.unregister(self.close)
        if os.getpid() != self.owner:
            return  # a forked copy of the notebook must not end its parent's servers
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(2.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(2.0)
        if self._reader.is_alive():
            self._reader.join(2.0)
        self._process.stdout.close()
        if sys.platform != "win32":
            self._channel.close()

    def _write(self, message: Message) -> None:
        assert self._process.stdin is not None
        if os.getpid() != self.owner:
            raise ChildError(
                "this process is a forked copy of the notebook, and what the notebook started "
                "belongs to the notebook; start a server of its own here"
            )
        try:
            # one unbuffered write: short lines stay whole, and a finalizer may interrupt any line
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
        except (OSError, ValueError) as error:
            raise ChildError(self._obituary()) from error

    def _take(self, number: int, answer: queue.SimpleQueue[Message], timeout: float) -> Message:
        try:
            reply = answer.get(timeout=timeout)
        except queue.Empty:
            raise ChildError(
                f"netlab's {self.mode} process gave no answer for {timeout:.0f} seconds; "
                "close what it runs and start it again"
            ) from None
        finally:
            self._waiting.pop(number, None)
        if "dead" in reply:
            raise ChildError(self._obituary())
        if "error" in reply:
            code = reply.get("errno")  # with one, Python makes the fitting subclass
            raise OSError(code, reply["error"]) if code else OSError(reply["error"])
        return reply

    def _read(self) -> None:
        assert self._process.stdout is not None
        stream = os.fdopen(os.dup(self._process.stdout.fileno()), "rb")
        with stream:
            for line in stream:
                try:
                    message = json.loads(line)
                    waiting = self._waiting.get(message["number"])
                except (ValueError, TypeError, KeyError):
                    self._noise.append(line.decode(errors="replace").rstrip())
                    continue
                if waiting is not None:
                    waiting.put(message)
        self._over = True
        for waiting in list(self._waiting.values()):
            waiting.put({"dead": True})

    def _obituary(self) -> str:
        code = self._process.poll()
        how = "is closed" if code is None else f"ended with code {code}"
        last = ("; its last words: " + " | ".join(self._noise)) if self._noise else ""
        return (
            f"netlab's {self.mode} process {how}, and what it ran is gone{last}. "
            "Run the cell that started it again."
        )
