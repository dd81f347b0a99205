"""Random schedules for a relayed connection: what each end does, and the relay meanwhile."""

from __future__ import annotations

import errno
import random
import select
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from netlab.background.listener import Listener
from netlab.background.log import Journal
from netlab.wire.child import TcpRelay
from netlab.wire.model import Conditions
from netlab.wire.trouble import Trouble
from tests.helpers import connect, eventually

PATIENCE = 20.0  # seconds without an event before an end calls it a deadlock
Step = tuple[float, bytes]  # pause (s), then send


@dataclass
class End:
    """What one end does: sends with pauses while it reads all the time, then ends or vanishes."""

    steps: list[Step]
    vanishes: str  # "", or "close" or "reset" instead of a half-close
    got: bytes = b""
    learned: str = ""  # how it learned of the other's end
    failure: str = ""
    sent: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.sent = b"".join(data for _, data in self.steps)

    def run(self, sock: socket.socket) -> None:
        try:
            self._run(sock)
        except OSError as error:
            if isinstance(error, ConnectionError) or error.errno == errno.ENOTCONN:
                self.learned = type(error).__name__
            else:
                self.failure = repr(error)
        finally:
            sock.close()

    def _run(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        for pause, data in self.steps:
            self._read(sock, pause)
            while data:
                _, writable, _ = self._read(sock, PATIENCE, write=True)
                data = data[sock.send(data) :] if writable else data
        if self.vanishes:
            if self.vanishes == "reset":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        sock.shutdown(socket.SHUT_WR)
        while not self.learned:
            self._read(sock, PATIENCE)

    def _read(self, sock: socket.socket, wait: float, write: bool = False) -> Any:
        """Read what there is, for `wait` seconds or until it can write; TimeoutError if neither."""
        deadline = time.monotonic() + wait
        while True:
            reading = [] if self.learned else [sock]
            left = max(0.0, deadline - time.monotonic())
            ready = select.select(reading, [sock] if write else [], [], left)
            if ready[0]:
                data = sock.recv(65536)
                self.got += data
                self.learned = "" if data else "end"
            if ready[1] or (self.learned and wait == PATIENCE):
                return ready
            if time.monotonic() >= deadline:
                if wait == PATIENCE:
                    raise TimeoutError(f"nothing for {wait:g} s")
                return ready


@dataclass
class Schedule:
    """One run: two ends, the first conditions, and changes (after so many seconds)."""

    client: End
    server: End
    changes: list[tuple[float, Conditions, Trouble]]
    connecting: float  # seconds that the relay's own connect takes: the client's data is early


def draw(random: random.Random) -> Schedule:
    """Any chunking, pauses, half-close order and conditions; small enough for milliseconds."""
    tiny = random.random() < 0.3  # then split may be tiny too
    limit = 300 if tiny else 100_000

    def end() -> End:
        steps = []
        for _ in range(random.randrange(5)):
            pause = random.choice([0.0, 0.0, 0.0, random.uniform(0, 0.002)])
            steps.append((pause, random.randbytes(int(limit ** random.random()) // 2)))
        vanishes = random.choice(["", "", "", "", "", "", "close", "reset"])
        return End(steps, vanishes)

    def change(after: float) -> tuple[float, Conditions, Trouble]:
        delay = random.choice([0.0, random.uniform(0, 0.003)])
        conditions = Conditions(
            delay=delay,
            jitter=delay * random.choice([0.0, 0.5, 1.0]),
            rate=random.choice([None, None, 10 ** random.uniform(7.5, 9.5)]),
            queue=random.choice([1460, 3000, 262_144]),
            seed=random.randrange(100),
        )
        trouble = Trouble(
            split=random.choice([None, None, random.choice([1, 2, 7]) if tiny else 1000]),
            coalesce=random.choice([0.0, 0.0, 0.001]),
        )
        return after, conditions, trouble

    later = [random.uniform(0, 0.004) for _ in range(random.choice([0, 0, 1, 3]))]
    connecting = random.choice([0.0, 0.0, random.uniform(0, 0.003)])
    return Schedule(end(), end(), [change(after) for after in [0.0, *later]], connecting)


class Bench:
    """A relay and the server behind it in this process, reused for one schedule after another."""

    def __init__(self) -> None:
        self._current: Schedule | None = None
        self._runs = self._served = 0
        self._server = Listener(self._serve, "127.0.0.1", Journal())
        self._relay = SlowToConnect(self._server.address)

    def _serve(self, conn: socket.socket, number: int, peer: Any) -> None:
        assert self._current is not None
        self._current.server.run(conn)
        self._served += 1

    def run(self, schedule: Schedule) -> None:
        """AssertionError if bytes were changed or lost, an end did not learn, or threads stayed."""
        self._current, (_, *first) = schedule, schedule.changes[0]
        self._runs += 1
        self._relay.pause = schedule.connecting
        self._relay.change(*first)
        sock = connect(self._relay)
        client = threading.Thread(target=schedule.client.run, args=(sock,))
        client.start()
        for after, *changed in schedule.changes[1:]:
            time.sleep(after)
            self._relay.change(*changed)
        client.join(3 * PATIENCE)
        eventually(self._quiet, PATIENCE, "the relay and the server let go of the connection")
        judge(schedule.client, schedule.server)
        judge(schedule.server, schedule.client)
        assert self._relay.errors == [] and self._server.errors == []

    def _quiet(self) -> bool:
        all_over = self._served == self._relay.relayed == self._runs
        return all_over and not self._relay._open and not self._server._open

    def close(self) -> None:
        self._relay.close()
        self._server.close()


class SlowToConnect(TcpRelay):
    """A relay whose own connect takes a while, so that the client's bytes are there before it."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.pause = 0.0
        self.relayed = 0
        super().__init__("127.0.0.1", target, Conditions(), Trouble())

    def _relay(self, near: socket.socket, number: int, peer: Any) -> None:
        time.sleep(self.pause)
        super()._relay(near, number, peer)
        self.relayed += 1


def judge(reader: End, writer: End) -> None:
    assert not reader.failure, reader.failure
    if not reader.vanishes and not writer.vanishes:
        assert reader.got == writer.sent and reader.learned == "end"
    else:
        assert writer.sent.startswith(reader.got), (
            "what arrived is not a beginning of what was sent"
        )
        assert reader.learned or reader.vanishes, "it was never told"
