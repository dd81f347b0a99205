"""One probe: whom it asks, its messages, and the socket that carries them."""

from __future__ import annotations

import select
import socket
from dataclasses import dataclass
from time import perf_counter_ns
from typing import Any, Self

AGAIN = "Is the server still running? Run the cell that starts it again."


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to ask, and what its charts will say. asked: round trip in seconds, or None."""

    address: tuple[str, int]
    transport: str = "tcp"
    vehicle: str = "loopback"
    label: str = "127.0.0.1"
    asked: float | None = None

    @classmethod
    def of(cls, target: Any) -> Self:
        """Read a netlab server, relay or (host, port) tuple; TypeError for anything else."""
        plain = isinstance(target, tuple)
        address = target if plain else getattr(target, "address", None)
        match address:
            case (str() as host, int() as port, *_) if not isinstance(port, bool):
                pass
            case _:
                raise TypeError(
                    "expected a server, a relay or a (host, port) tuple such as "
                    f"('127.0.0.1', 8080); got {target!r}. Pass the server itself: ping(server)"
                )
        if plain:
            return cls((host, port), label=host)
        given = {
            name: getattr(target, name)
            for name in ("transport", "vehicle", "label")
            if isinstance(getattr(target, name, None), str)
        }
        label = given.pop("label", type(target).__name__)
        return cls((host, port), label=label, asked=getattr(target, "round_trip", None), **given)


def message(number: int, size: int) -> bytes:
    """The number in ASCII digits, padded with dots to size bytes."""
    return b"%d" % number + b"." * (size - len(str(number)))


class Stream:
    """TCP: bytes come back in order; one read may bring part of a reply, or many."""

    def __init__(self, size: int) -> None:
        self.size, self.next, self.place = size, 0, 0  # place: bytes of the next reply seen

    def read(self, data: bytes) -> list[int]:
        """The numbers of the replies that data completes; ValueError if it is no echo."""
        done, at = [], 0
        while at < len(data):
            expected = message(self.next, self.size)
            part = data[at : at + self.size - self.place]
            at, end = at + len(part), self.place + len(part)
            if part != expected[self.place : end]:
                raise _no_echo(expected, expected[: self.place] + part)
            self.place = end % self.size
            if end == self.size:
                done.append(self.next)
                self.next += 1
        return done


class Datagrams:
    """UDP: replies may be lost, doubled or out of order; each carries its number."""

    def __init__(self, size: int) -> None:
        self.size = size

    def read(self, data: bytes) -> list[int]:
        """The number this datagram carries; ValueError if it is no echo."""
        head = data.partition(b".")[0]
        if not (head.isdigit() and message(int(head), self.size) == data):
            raise _no_echo(message(0, self.size), data)
        return [int(head)]


class Link:
    """A connected socket that never blocks, and what still waits to leave."""

    def __init__(
        self, target: Target, size: int, timeout: float, sock: socket.socket | None = None
    ) -> None:
        self.label, self.size, self.answered = target.label, size, 0
        self.tcp = target.transport == "tcp"
        self.replies: Stream | Datagrams = Stream(size) if self.tcp else Datagrams(size)
        self.outgoing = bytearray()
        self.sock = sock or self._connect(target.address, timeout)
        self.sock.setblocking(False)

    def _connect(self, address: tuple[str, int], timeout: float) -> socket.socket:
        try:
            if self.tcp:
                sock = socket.create_connection(address, timeout)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return sock
            family, kind, _, _, where = socket.getaddrinfo(*address, type=socket.SOCK_DGRAM)[0]
            sock = socket.socket(family, kind)
            sock.connect(where)
            return sock
        except ConnectionRefusedError:
            raise self._refused() from None
        except TimeoutError:
            raise TimeoutError(
                f"expected {self.label} to accept a connection, but nothing came in "
                f"{timeout:g} s. {AGAIN}"
            ) from None

    def send(self, number: int) -> None:
        """Hand one message to the kernel; what it cannot take yet leaves later."""
        self.outgoing += message(number, self.size)
        self.flush()

    def flush(self) -> None:
        """Send what waits, as far as the kernel takes it."""
        while self.outgoing:
            try:
                sent = self.sock.send(self.outgoing if self.tcp else self.outgoing[: self.size])
            except BlockingIOError:
                return
            except ConnectionError:
                if not self.tcp:
                    raise self._refused() from None
                self.outgoing.clear()  # replies may still wait; recv tells how it ended
                return
            del self.outgoing[:sent]

    def wait(self, seconds: float) -> tuple[int, list[int]]:
        """Wait for replies; when they came (perf_counter_ns) and their numbers, maybe none."""
        writers = [self.sock] if self.outgoing else []
        readable, writable, _ = select.select([self.sock], writers, [], max(0.0, seconds))
        if writable:
            self.flush()
        if not readable:
            return 0, []
        try:
            data = self.sock.recv(65536)
        except BlockingIOError:
            return 0, []  # a datagram with a bad checksum wakes select, then vanishes
        except ConnectionError:
            if not self.tcp:
                raise self._refused() from None
            data = b""
        now = perf_counter_ns()
        if self.tcp and not data:
            raise ConnectionError(
                f"expected {self.label} to send every message back, but it closed the connection "
                f"after {self.answered} replies. {AGAIN}"
            )
        numbers = self.replies.read(data)
        self.answered += len(numbers)
        return now, numbers

    def close(self) -> None:
        """Close the socket."""
        self.sock.close()

    def _refused(self) -> ConnectionRefusedError:
        return ConnectionRefusedError(
            f"expected {self.label} to answer, but the connection was refused: nobody listens "
            f"there. {AGAIN}"
        )


def _no_echo(expected: bytes, got: bytes) -> ValueError:
    return ValueError(
        f"ping needs an echo server: sent {expected[:16]!r}..., got {got[:32]!r} back. "
        "Use EchoServer or UdpEchoServer, or send back exactly what came."
    )
