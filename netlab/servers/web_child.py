"""The web server's side in the servers' child: one conversation a connection, parsed by h11."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections import deque
from contextlib import nullcontext
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import h11

from netlab.background.listener import Listener, Peer
from netlab.background.log import Journal
from netlab.servers.child import limit_idle_time
from netlab.servers.rules import BODY_LIMIT, HEAD_LIMIT, path_of, refusal
from netlab.servers.site import CHUNK, Answer, Site, http_date, problem
from netlab.servers.turns import Turns

SHRUNK = "the file became shorter while it was sent"
PIECE = 262_144  # bytes of a file that are sent at once
LINGER = 1.0  # seconds in which a refused client may read why


class Cut(Exception):
    """The reply cannot be finished: the connection ends, so that its length is no lie."""


class Web(Listener):
    """Answers HTTP requests from a Site."""

    def __init__(
        self,
        host: str | socket.socket,
        routes: dict[str, dict[str, Any]],
        folder: str,
        keep_alive: bool,
        idle: float,
        events: bool,
    ) -> None:
        self.site = Site(routes, folder)
        self.keep_alive = keep_alive
        self.idle = idle
        self.events: deque[str] | None = deque(maxlen=10_000) if events else None
        self.stopping = threading.Event()
        super().__init__(self._converse, host, Journal())

    def close(self) -> None:
        self.stopping.set()  # wakes replies that pause
        super().close()

    def _converse(self, conn: socket.socket, number: int, peer: Peer) -> None:
        limit_idle_time(conn, self.idle)
        TURNS.take()
        try:
            Conversation(self, conn, number, peer).run()
        except (TimeoutError, BlockingIOError):  # the kernel's time limit looks like the latter
            pass  # idle for too long: the connection is closed, which is all HTTP says to that
        finally:
            TURNS.give()


TURNS = Turns()  # who has one may compute; it is given up before anything that may block


class Conversation:
    """One connection: requests in, replies out, in order (RFC 9112 section 9.3)."""

    def __init__(self, server: Web, conn: socket.socket, number: int, peer: Peer) -> None:
        self._server = server
        self._conn = conn
        self._number = number
        self._peer = peer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=HEAD_LIMIT)

    def _receive(self) -> bytes:
        with TURNS.given():
            return self._conn.recv(CHUNK)

    def run(self) -> None:
        """Answer until either side wants no more; to be called with a turn taken."""
        while True:
            try:
                request = self._next()
                if isinstance(request, h11.ConnectionClosed):
                    return
                assert isinstance(request, h11.Request)
                self._answer(request)
            except h11.RemoteProtocolError as error:
                self._refuse(self._status_of(error), str(error))
                return
            except Cut as reason:
                self._server.journal.add(self._number, self._peer, f"cut: {reason}")
                return
            if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
                self._say_goodbye()
                return
            self._http.start_next_cycle()

    def _next(self) -> Any:
        if self._http.our_state is h11.IDLE and not self._http.trailing_data[0]:
            self._http.receive_data(self._receive())  # between requests: nothing to parse
        while True:
            event = self._http.next_event()
            if event is h11.PAUSED:
                return h11.ConnectionClosed()
            if event is not h11.NEED_DATA:
                self._note("client", event)
                return event
            if self._http.they_are_waiting_for_100_continue:
                self._send(h11.InformationalResponse(status_code=100, headers=[]))
            self._http.receive_data(self._receive())

    def _answer(self, request: h11.Request) -> None:
        fields: dict[str, str] = {}
        for raw, data in request.headers:
            name, value = raw.decode(), data.decode("latin-1")
            # several lines of one name are one list: RFC 9110 section 5.3
            fields[name] = f"{fields[name]}, {value}" if name in fields else value
        if refused := refusal(request, fields, self._server.address[0]):
            self._refuse(*refused)
            return
        body = bytearray()
        while not isinstance(event := self._next(), h11.EndOfMessage):
            if isinstance(event, h11.ConnectionClosed):
                return
            body += event.data
            if len(body) > BODY_LIMIT:
                self._refuse(413, f"a request's body may have {BODY_LIMIT} bytes here")
                return
        method, path = request.method.decode(), path_of(request.target.decode("latin-1"))
        answer = self._server.site.answer(method, path, fields, bytes(body))
        with answer.file or nullcontext():
            self._reply(method, path, answer, old=request.http_version == b"1.0")

    def _reply(self, method: str, path: str, answer: Answer, old: bool) -> None:
        """Send `answer`, framed as it asks where the request's version knows that framing."""
        fields = [("Date", http_date(int(time.time()))), *answer.fields]
        framing = answer.framing
        if framing == "chunked" and old:
            framing = "close"  # HTTP/1.0 has no chunks: RFC 9112 section 6.1
        if answer.status in (204, 304):
            framing = "none"  # such a reply ends with its fields: RFC 9112 section 6.3
        if framing == "length":
            fields.append(("Content-Length", str(answer.length)))
        elif framing == "chunked":
            fields.append(("Transfer-Encoding", "chunked"))
        elif framing == "close":
            # h11 would send chunks to an HTTP/1.1 client; it ends a body by closing only for 1.0
            self._http.their_http_version = b"1.0"
        if framing == "close" or not self._server.keep_alive:
            fields.append(("Connection", "close"))
        if answer.delay:
            self._pause(answer.delay)
        bodiless = method == "HEAD" or framing == "none"
        size = 0 if bodiless else answer.length
        self._server.journal.add(
            self._number, self._peer, f"{method} {path} → {answer.status}, {size} bytes"
        )
        head = _head(answer.status, tuple(fields))
        if bodiless:
            self._send(head, h11.EndOfMessage())
        elif answer.file:
            self._send(head)
            for start in range(0, size, PIECE):
                piece = self._read(answer.file, min(PIECE, size - start))
                self._send(h11.Data(data=piece))
            self._send(h11.EndOfMessage())
        elif answer.pause:
            self._send(head)
            for part in answer.parts:
                self._pause(answer.pause)
                self._send(h11.Data(data=part))
            self._send(h11.EndOfMessage())
        else:  # a small body leaves in one write with its head
            self._send(head, *(h11.Data(data=part) for part in answer.parts), h11.EndOfMessage())

    def _pause(self, seconds: float) -> None:
        with TURNS.given():
            if self._server.stopping.wait(seconds):
                raise Cut("the server was closed")

    def _read(self, file: io.FileIO, size: int) -> bytes:
        if len(data := file.read(size)) < size:
            raise Cut(SHRUNK)
        return data

    def _status_of(self, error: h11.RemoteProtocolError) -> int:
        """h11's hint, but a request line that does not end is too long a target: RFC 9112 3."""
        if error.error_status_hint == 431 and self._http.our_state is h11.IDLE:
            return 431 if b"\n" in self._http.trailing_data[0] else 414
        return error.error_status_hint

    def _refuse(self, status: int, why: str) -> None:
        """Say what is wrong, if the protocol still allows it, and close."""
        self._server.journal.add(self._number, self._peer, f"refused → {status}: {why}")
        if self._http.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            answer = problem(status, why, ("Connection", "close"))
            date = ("Date", http_date(int(time.time())))
            fields = (date, *answer.fields, ("Content-Length", str(answer.length)))
            self._send(
                _head(status, fields),
                h11.Data(data=answer.parts[0]),
                h11.EndOfMessage(),
            )
        self._say_goodbye()

    def _say_goodbye(self) -> None:
        """Close so that the reply survives: end our direction, then drop what still comes.

        Closing with unread bytes would reset the connection and may destroy the reply before it
        was read (RFC 9112 section 9.6).
        """
        try:
            self._conn.shutdown(socket.SHUT_WR)
            end = time.monotonic() + LINGER
            while (left := end - time.monotonic()) > 0:
                self._conn.settimeout(left)
                if not self._receive():
                    return
        except OSError:
            pass

    def _send(self, *events: Any) -> None:
        data = b""
        for event in events:
            self._note("server", event)
            data += self._http.send(event) or b""
        if data:
            with TURNS.given():
                self._conn.sendall(data)

    def _note(self, who: str, event: Any) -> None:
        if self._server.events is not None:
            self._server.events.append(f"{who}: {event!r}")


@lru_cache(256)  # the same until the date changes
def _head(status: int, fields: tuple[tuple[str, str], ...]) -> h11.Response:
    known = status in HTTPStatus._value2member_map_
    return h11.Response(
        status_code=status,
        reason=HTTPStatus(status).phrase.encode() if known else b"",
        headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields],
    )
