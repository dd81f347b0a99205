"""Program: something that runs on a host, with its pipes and its end."""

from __future__ import annotations

import os
import select
import signal
import threading
from typing import IO, TYPE_CHECKING, Any

from netlab.background.closing import Closing

if TYPE_CHECKING:
    from netlab.network.host import Host


class Program(Closing):
    """A running program: pid 1 of its network is netlab's, and with the network it ends.

    stdin, stdout, stderr: text files, line by line. Raises FileNotFoundError if there is none.
    """

    def __init__(self, host: Host, args: list[str]) -> None:
        self._host, self.args, self.returncode = host, args, None
        reply, descriptors = host.live.ask_for_descriptors(
            "spawn",
            4,
            host=host.name,
            args=args,
            cwd=os.getcwd(),
            env=dict(os.environ),
        )
        self._number = reply["program"]
        self.stdin: IO[str] = os.fdopen(descriptors[0], "w", buffering=1)
        self.stdout: IO[str] = os.fdopen(descriptors[1], "r")
        self.stderr: IO[str] = os.fdopen(descriptors[2], "r")
        self._pidfd = descriptors[3]

    returncode: int | None

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""
        if self.returncode is None and self._ended(0):
            reply = self._host.live.ask("exit_code", program=self._number, ended=True)
            self.returncode = reply["code"]
        return self.returncode

    def wait(self, timeout: float = 60.0) -> int:
        """Wait for its end; TimeoutError after `timeout` seconds."""
        if self.returncode is None and not self._ended(timeout):
            raise TimeoutError(
                f"{self.args[0]} on {self._host.name} still runs after {timeout:g} s; "
                "terminate() would end it"
            )
        code = self.poll()
        assert code is not None
        return code

    def terminate(self) -> None:
        """Ask it to end (SIGTERM)."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it (SIGKILL)."""
        self._signal(signal.SIGKILL)

    def communicate(self, input: str = "", timeout: float = 60.0) -> dict[str, Any]:
        """Feed it, read all it says, wait for its end: returncode, stdout, stderr."""
        said: dict[str, str] = {}

        def read(name: str) -> None:
            said[name] = getattr(self, name).read()

        readers = [
            threading.Thread(target=read, args=(name,), daemon=True)
            for name in ("stdout", "stderr")
        ]
        for reader in readers:
            reader.start()
        try:
            self.stdin.write(input)
            self.stdin.close()
        except BrokenPipeError:
            pass  # it does not want to be fed
        try:
            code = self.wait(timeout)
        except TimeoutError:
            self.kill()
            raise
        for reader in readers:
            reader.join(2.0)
        return {
            "returncode": code,
            "stdout": said.get("stdout", ""),
            "stderr": said.get("stderr", ""),
        }

    def close(self) -> None:
        """Kill it if it still runs, and close its pipes; again does nothing."""
        if self._pidfd < 0:
            return
        try:
            if self.poll() is None:
                self.kill()
                self.wait(5.0)
        except ConnectionError:
            pass  # the network is closed, and so it has ended
        os.close(self._pidfd)
        self._pidfd = -1
        for pipe in (self.stdin, self.stdout, self.stderr):
            try:
                pipe.close()
            except BrokenPipeError:
                pass

    def __repr__(self) -> str:
        state = "running" if self.poll() is None else f"ended with code {self.returncode}"
        return f"<{self.args[0]} on {self._host.name}, {state}>"

    def _ended(self, timeout: float) -> bool:
        """A pidfd becomes readable when its process ends, whichever process watches it."""
        watch = select.poll()  # not select.select, which ends at 1024 descriptors
        watch.register(self._pidfd, select.POLLIN)
        return bool(watch.poll(timeout * 1000))

    def _signal(self, number: int) -> None:
        if self.poll() is None:
            self._host.live.ask("signal", program=self._number, signal=int(number))
