"""The web server's side in the servers' child: one conversation a connection, parsed by h11."""

from __future__ import annotations

import email.utils
import socket
import threading
import time
from collections import deque
from http import HTTPStatus
from typing import Any

import h11

from netlab.background.listener import Listener, Peer
from netlab.background.log import Journal
from netlab.servers.site import CHUNK, Answer, Fields, Site, problem

HEAD_LIMIT = 16_384  # bytes of request line and fields
BODY_LIMIT = 1_048_576  # bytes of a request's body
LINGER = 1.0  # seconds in which a refused client may read why
HOSTS = {"127.0.0.1", "localhost", "[::1]"}


class Web(Listener):
    """Answers HTTP requests from a Site."""

    def __init__(
        self,
        host: str,
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
        conn.settimeout(self.idle)
        try:
            Conversation(self, conn, number, peer).run()
        except TimeoutError:
            pass  # idle for too long: the connection is closed, which is all HTTP says to that


class Conversation:
    """One connection: requests in, replies out, in order (RFC 9112 section 9.3)."""

    def __init__(self, server: Web, conn: socket.socket, number: int, peer: Peer) -> None:
        self._server = server
        self._conn = conn
        self._number = number
        self._peer = peer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=HEAD_LIMIT)

    def run(self) -> None:
        """Answer until either side wants no more."""
        while True:
            try:
                request = self._next()
                if isinstance(request, h11.ConnectionClosed):
                    return
                assert isinstance(request, h11.Request)
                self._answer(request)
            except h11.RemoteProtocolError as error:
                self._refuse(error.error_status_hint, str(error))
                return
            if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
                self._say_goodbye()
                return
            self._http.start_next_cycle()

    def _next(self) -> Any:
        while True:
            event = self._http.next_event()
            if event is h11.PAUSED:
                return h11.ConnectionClosed()
            if event is not h11.NEED_DATA:
                self._note("client", event)
                return event
            if self._http.they_are_waiting_for_100_continue:
                self._send(h11.InformationalResponse(status_code=100, headers=[]))
            self._http.receive_data(self._conn.recv(CHUNK))

    def _answer(self, request: h11.Request) -> None:
        method, target = request.method.decode(), request.target.decode("latin-1")
        fields = {n.decode(): v.decode("latin-1") for n, v in request.headers}
        version = request.http_version.decode()
        if refused := _unfit(request, version):
            self._refuse(*refused)
            return
        body = b""
        while not isinstance(event := self._next(), h11.EndOfMessage):
            if isinstance(event, h11.ConnectionClosed):
                return
            body += event.data
            if len(body) > BODY_LIMIT:
                self._refuse(413, f"a request's body may have {BODY_LIMIT} bytes here")
                return
        path, host = _split_target(target, fields.get("host", ""))
        if (host or version == "1.1") and _name(host) not in HOSTS:
            answer = problem(421, f"this server is for this machine only, not for {host!r}")
        else:
            answer = self._server.site.answer(method, path, fields, body)
        self._reply(method, path, answer, version)

    def _reply(self, method: str, path: str, answer: Answer, version: str) -> None:
        """Send `answer`, framed as it asks where the request's version knows that framing."""
        bodiless = method == "HEAD" or answer.status in (204, 304)
        fields = [("Date", email.utils.formatdate(usegmt=True)), *answer.fields]
        framing = answer.framing
        if framing == "chunked" and version == "1.0":
            framing = "close"  # HTTP/1.0 has no chunks: RFC 9112 section 6.1
        if framing == "length" and answer.status not in (204, 304):
            fields.append(("Content-Length", str(answer.length)))
        elif framing == "chunked":
            fields.append(("Transfer-Encoding", "chunked"))
        if framing == "close":
            # h11 would send chunks to an HTTP/1.1 client; it ends a body by closing only for 1.0
            self._http.their_http_version = b"1.0"
        if framing == "close" or not self._server.keep_alive:
            fields.append(("Connection", "close"))
        if answer.delay:
            self._server.stopping.wait(answer.delay)
        size = 0 if bodiless else answer.length
        self._server.journal.add(
            self._number, self._peer, f"{method} {path} → {answer.status}, {size} bytes"
        )
        head = _head(answer.status, fields)
        self._send(head, *([] if bodiless else self._whole(answer)))
        if not bodiless:
            self._stream(answer)
        self._send(h11.EndOfMessage())

    def _whole(self, answer: Answer) -> list[h11.Data]:
        """A small body without pauses leaves in one write with its head."""
        if answer.file or answer.pause or not answer.parts:
            return []
        return [h11.Data(data=part) for part in answer.parts if part]

    def _stream(self, answer: Answer) -> None:
        if answer.file:
            left = answer.length
            with answer.file.open("rb") as file:
                while left and (data := file.read(min(CHUNK, left))):
                    left -= len(data)
                    self._send(h11.Data(data=data))
        elif answer.pause:
            for part in answer.parts:
                self._server.stopping.wait(answer.pause)
                self._send(h11.Data(data=part))

    def _refuse(self, status: int, why: str) -> None:
        """Say what is wrong, if the protocol still allows it, and close."""
        self._server.journal.add(self._number, self._peer, f"refused → {status}: {why}")
        if self._http.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            answer = problem(status, why, ("Connection", "close"))
            fields = [*answer.fields, ("Content-Length", str(answer.length))]
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
                if not self._conn.recv(CHUNK):
                    return
        except OSError:
            pass

    def _send(self, *events: Any) -> None:
        data = b""
        for event in events:
            self._note("server", event)
            data += self._http.send(event) or b""
        if data:
            self._conn.sendall(data)

    def _note(self, who: str, event: Any) -> None:
        if self._server.events is not None:
            self._server.events.append(f"{who}: {event!r}")


def _unfit(request: h11.Request, version: str) -> tuple[int, str] | None:
    """What h11 lets pass and we do not."""
    names = [name for name, _ in request.headers]
    if not version.startswith("1."):
        return 505, f"this server speaks HTTP/1.0 and HTTP/1.1, not HTTP/{version}"
    if b"transfer-encoding" in names:
        if b"content-length" in names:
            return 400, "both Transfer-Encoding and Content-Length: where does the body end?"
        if version == "1.0":
            return 400, "HTTP/1.0 has no Transfer-Encoding"
    return None


def _split_target(target: str, host: str) -> tuple[str, str]:
    """Path and host of a request target, in origin or absolute form (RFC 9112 section 3.2)."""
    if target.startswith("/") or target == "*":
        return target, host
    scheme, slashes, rest = target.partition("://")
    if slashes and scheme.lower() == "http":
        host, slash, path = rest.partition("/")
        return slash + path or "/", host
    return "/" + target, host


def _name(host: str) -> str:
    """A Host field without its port."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def _head(status: int, fields: Fields) -> h11.Response:
    known = status in HTTPStatus._value2member_map_
    return h11.Response(
        status_code=status,
        reason=HTTPStatus(status).phrase.encode() if known else b"",
        headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields],
    )
