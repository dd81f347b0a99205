"""One direction of a relayed connection: read, wait as long as the link says, write."""

from __future__ import annotations

import socket
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Callable

from netlab.background.kernel_view import peer_socket
from netlab.wire.model import Link
from netlab.wire.trouble import Trouble

IN_FLIGHT = 8 * 1024 * 1024  # bytes held at most; then the relay stops reading (back-pressure)
SPIN = 200e-6  # seconds: sleep() comes late by about this much, so the last bit is waited awake
PACE = 0.020  # seconds between pieces where the kernel does not show the reader's queue
STAMPS = 35 if sys.platform == "linux" else 0  # SO_TIMESTAMPNS: Python has no name for it
RESET = None  # an item that resets the far end instead of sending bytes


class Pipe:
    """Carries bytes from `source` to `target` through `link`, with the trouble asked for.

    Two threads, so that reading never waits for sending: one stamps what arrives with the moment
    at which it leaves the link, the other waits for that moment and sends.
    """

    def __init__(
        self,
        source: socket.socket,
        target: socket.socket,
        link: Link,
        trouble: Callable[[], Trouble],
        note: Callable[[str], None],
        not_before: float = 0.0,
    ) -> None:
        self._source = source
        self._target = target
        self.link = link
        self._trouble = trouble
        self._note = note
        self._not_before = not_before  # perf_counter seconds: when a handshake would be over
        self._items: deque[tuple[float, bytes | None]] = deque()
        self._held = 0
        self._changed = threading.Condition()
        self._sent = 0
        self.finished = threading.Event()
        if STAMPS:
            source.setsockopt(socket.SOL_SOCKET, STAMPS, 1)

    def start(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._write, daemon=True).start()

    def poke(self) -> None:
        """The trouble asked for has changed: look again."""
        with self._changed:
            self._changed.notify_all()

    def _read(self) -> None:
        try:
            while True:
                self._wait_for_room()
                data, arrival = receive(self._source, self.link.piece)
                self._put(data, arrival)
                if not data:
                    return  # end of stream: passed on in its turn as a half-close
        except OSError:
            self._put(RESET)

    def _put(self, data: bytes | None, arrival: float | None = None) -> None:
        arrival = max(arrival or time.perf_counter(), self._not_before)
        with self._changed:
            self._items.append((self.link.send(arrival, len(data or b"")), data))
            self._held += len(data or b"")
            self._changed.notify_all()

    def _wait_for_room(self) -> None:
        """The one place that decides whether to read on."""
        with self._changed:
            self._changed.wait_for(lambda: self._held < IN_FLIGHT or self.finished.is_set())
        wait_until(self.link.room_at(time.perf_counter()))

    def _write(self) -> None:
        try:
            while True:
                data = self._next()
                if data is RESET:
                    reset(self._target)
                    return
                if not data:
                    self._target.shutdown(socket.SHUT_WR)
                    return
                self._send(data)
        except OSError:  # the far end is gone; the pipe that reads from it tells the near end
            pass
        finally:
            with self._changed:
                self.finished.set()
                self._changed.notify_all()

    def _next(self) -> bytes | None:
        with self._changed:
            self._changed.wait_for(lambda: self._items)
            release, data = self._items[0]
        wait_until(release)
        coalesce = self._trouble().coalesce
        if coalesce and data:
            wait_until(release + coalesce)
        with self._changed:
            self._items.popleft()
            while coalesce and data and self._items and self._items[0][1]:
                if self._items[0][0] > release + coalesce:
                    break
                data += self._items.popleft()[1] or b""
            self._held -= len(data or b"")
            self._changed.notify_all()
        return data

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            trouble = self._trouble()
            room = trouble.before_trouble(self._sent)
            if room == 0:
                if trouble.reset_after is not None and self._sent >= trouble.reset_after:
                    self._reset_both()
                self._stall()
                continue
            piece = view[: min(room, trouble.split or len(view))]
            self._target.sendall(piece)
            self._sent += len(piece)
            view = view[len(piece) :]
            if trouble.split or self._sent == trouble.reset_after:
                self._wait_until_read()
            if self._sent == trouble.reset_after:
                self._reset_both()

    def _stall(self) -> None:
        self._note("stalled")
        with self._changed:
            self._changed.wait_for(lambda: self._trouble().before_trouble(self._sent) > 0)

    def _reset_both(self) -> None:
        self._note("reset by the relay")
        reset(self._source)
        reset(self._target)
        raise ConnectionResetError

    def _wait_until_read(self) -> None:
        """Lock-step: return once the reader has taken every byte sent so far.

        Pacing by time would fail the person who reads a minute late: the pieces would have joined
        in the receive queue. So look at that queue: the kernel offers no event for it.
        """
        pause = 20e-6
        while not self.finished.is_set():
            reader = peer_socket(self._target)
            if reader is None:
                time.sleep(PACE)
                return
            if reader.received >= self._sent and reader.unread == 0:
                return
            time.sleep(pause)
            pause = min(pause * 1.5, 0.005)


def receive(sock: socket.socket, size: int) -> tuple[bytes, float]:
    """Bytes, and when they arrived (perf_counter seconds): the time to wake this thread is ours.

    Linux notes when the last of these bytes came in, by the wall clock. A note of more than a
    second ago is not believed: the clock may have been set.
    """
    if not STAMPS:
        return sock.recv(size), time.perf_counter()
    data, notes, _, _ = sock.recvmsg(size, socket.CMSG_SPACE(16))
    age = 0.0
    for _, kind, note in notes:
        if kind == STAMPS:
            seconds, nanoseconds = struct.unpack("ll", note)
            age = (time.time_ns() - seconds * 1_000_000_000 - nanoseconds) / 1e9
    return data, time.perf_counter() - (age if 0 < age < 1 else 0.0)


def wait_until(moment: float) -> None:
    """Return at `moment` (perf_counter seconds): never early, and late by microseconds."""
    while (left := moment - time.perf_counter()) > 0:
        if left > SPIN:
            time.sleep(left - SPIN)


def reset(sock: socket.socket) -> None:
    """Close `sock` with a reset (RFC 9293 3.10.7) instead of an end of stream."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.shutdown(socket.SHUT_RD)  # wakes a recv of ours that would keep the socket open
    except OSError:
        pass
    sock.close()
