"""What a learner reads while tools/lab.py works: numbered steps, and sentences when it fails."""

import contextlib
import sys
import time


class Trouble(Exception):
    """A sentence for the learner: what was expected, what came, what to do."""


class Steps:
    """Numbered progress lines: what is being done, then how long it took or what came of it."""

    def __init__(self, total):
        self.total, self.number, self.result = total, 0, None

    def announce(self, text, end="\n"):
        self.number += 1
        print(f"[{self.number}/{self.total}] {text}", end=end, flush=True)

    @contextlib.contextmanager
    def step(self, text):
        self.result = None
        self.announce(text, end=" ... ")
        start = time.monotonic()
        try:
            yield
        except BaseException:
            self.live("")
            print("failed", flush=True)
            raise
        self.live("")
        print(self.result or f"{time.monotonic() - start:.0f} s", flush=True)

    def live(self, text):
        """A passing word at the end of the line, on a terminal only."""
        if sys.stdout.isatty():
            print(text.ljust(13) + "\b" * 13, end="", flush=True)


def last_lines(text, count=12):
    return "\n".join(text.strip().splitlines()[-count:])
