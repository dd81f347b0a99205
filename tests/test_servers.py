"""Servers: ready at once, on loopback only, with a log; errors kept and raised where they help."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

from netlab import EchoServer, UdpEchoServer, serve

HOSTS = ["127.0.0.1", "::1"]


def connect(server: Any) -> socket.socket:
    return socket.create_connection(server.address, timeout=5)


def read_to_end(sock: socket.socket) -> bytes:
    data = b""
    while chunk := sock.recv(65536):
        data += chunk
    return data


def shout(conn: socket.socket) -> None:
    while data := conn.recv(1024):
        conn.sendall(data.upper())


@pytest.mark.parametrize("host", HOSTS)
def test_echo_returns_every_byte(host: str) -> None:
    sent = bytes(range(256)) * 1000
    with EchoServer(host=host) as server, connect(server) as sock:
        assert server.address[0] == host
        sock.sendall(sent)
        sock.shutdown(socket.SHUT_WR)
        assert read_to_end(sock) == sent


@pytest.mark.parametrize("host", HOSTS)
def test_udp_echo_returns_the_same_datagram(host: str) -> None:
    family = socket.AF_INET6 if host == "::1" else socket.AF_INET
    with UdpEchoServer(host=host) as server, socket.socket(family, socket.SOCK_DGRAM) as sock:
        sock.settimeout(5)
        for data in (b"one", b"", bytes(60_000)):
            sock.sendto(data, server.address)
            assert sock.recv(65536) == data


@pytest.mark.parametrize("host", HOSTS)
def test_serve_runs_a_handler_for_each_client(host: str) -> None:
    with serve(shout, host=host) as server, connect(server) as one, connect(server) as two:
        two.sendall(b"two")
        assert two.recv(16) == b"TWO"
        one.sendall(b"one")
        assert one.recv(16) == b"ONE"


def test_the_connection_is_closed_when_the_handler_returns() -> None:
    with serve(lambda conn: conn.sendall(b"bye")) as server, connect(server) as sock:
        assert read_to_end(sock) == b"bye"


def test_a_handler_may_close_its_connection_itself() -> None:
    def closes(conn: socket.socket) -> None:
        conn.sendall(b"bye")
        conn.close()

    with serve(closes) as server, connect(server) as sock:
        assert read_to_end(sock) == b"bye"


@pytest.mark.parametrize("start", [EchoServer, lambda: serve(shout)])
def test_the_log_has_what_a_client_has_seen(start: Callable[[], Any]) -> None:
    with start() as server, connect(server) as sock:
        sock.sendall(b"HELLO")
        assert sock.recv(16) == b"HELLO"
        assert repr(server.log).splitlines() == [
            "client 1  connected",
            "client 1  → server  5 bytes  b'HELLO'",
            "client 1  ← server  5 bytes  b'HELLO'",
        ]
        record = server.log[1]
        assert record.peer == sock.getsockname()[:2]
        assert (record.event, record.size, record.data) == ("received", 5, b"HELLO")
        assert 0 <= server.log[0].time <= record.time < 60


@pytest.mark.parametrize("start", [EchoServer, UdpEchoServer, lambda: serve(shout)])
def test_the_log_outlives_the_server(start: Callable[[], Any]) -> None:
    server = start()
    kind = socket.SOCK_DGRAM if server.transport == "udp" else socket.SOCK_STREAM
    with socket.socket(socket.AF_INET, kind) as sock:
        sock.settimeout(5)
        sock.connect(server.address)
        sock.sendall(b"X")
        assert sock.recv(16) == b"X"
    server.close()
    assert [r.data for r in server.log if r.event == "received"] == [b"X"]


def test_a_log_keeps_the_start_of_long_messages() -> None:
    with EchoServer() as server, connect(server) as sock:
        sock.sendall(bytes(1000))
        got = 0
        while got < 1000:
            got += len(sock.recv(1000))
        record = server.log[1]
        assert (record.size, len(record.data)) == (1000, 64)
        assert repr(record).endswith("...")


def test_a_handlers_first_error_is_raised_at_the_end_of_with() -> None:
    def broken(conn: socket.socket) -> None:
        raise LookupError("no such lamp")

    server = serve(broken)
    with pytest.raises(LookupError, match="no such lamp"), server, connect(server) as sock:
        assert read_to_end(sock) == b""
    assert [type(error) for error in server.errors] == [LookupError]
    server.close()  # raised once is enough


def test_an_error_that_travels_is_not_replaced_by_a_handlers() -> None:
    def broken(conn: socket.socket) -> None:
        raise LookupError

    server = serve(broken)
    with pytest.raises(KeyError) as caught, server, connect(server) as sock:
        assert read_to_end(sock) == b""
        raise KeyError
    assert len(server.errors) == 1
    assert caught.value.__notes__ == [
        "A handler of this serve(broken) had failed before: LookupError()"
    ]


def test_an_error_does_not_stop_the_server() -> None:
    def fussy(conn: socket.socket) -> None:
        conn.sendall(b"%d" % (1 // len(conn.recv(16).strip(b"."))))

    server = serve(fussy)
    with connect(server) as sock:
        sock.sendall(b".")
        assert read_to_end(sock) == b""
    with connect(server) as sock:
        sock.sendall(b"x")
        assert read_to_end(sock) == b"1"
    with pytest.raises(ZeroDivisionError):
        server.close()


def test_close_and_start_again() -> None:
    server = EchoServer()
    server.close()
    server.close()
    assert repr(server) == "<EchoServer, closed>"
    with pytest.raises(ConnectionError, match="this EchoServer is closed; use it inside its with"):
        server.address  # noqa: B018
    with server, connect(server) as sock:
        sock.sendall(b"again")
        assert sock.recv(16) == b"again"


def test_a_repr_names_no_port() -> None:
    with EchoServer(host="::1") as six, serve(shout) as mine:
        assert repr(six) == "<EchoServer on IPv6, running>"
        assert repr(mine) == "<serve(shout), running>"


@pytest.mark.parametrize("host", ["0.0.0.0", "", "localhost", "::", "192.0.2.1", None, 5])
@pytest.mark.parametrize("start", [EchoServer, UdpEchoServer, lambda host: serve(shout, host=host)])
def test_servers_are_for_this_machine_only(start: Callable[..., Any], host: Any) -> None:
    with pytest.raises(ValueError, match=r"expected host='127.0.0.1' or host='::1', got .*"):
        start(host=host)


def test_serve_wants_a_function() -> None:
    with pytest.raises(TypeError, match=r"serve needs a function .* got b'hello'"):
        serve(b"hello")  # type: ignore[arg-type]


def test_serve_wants_a_function_that_takes_a_connection() -> None:
    with pytest.raises(TypeError, match="such as `def handler"):
        serve(lambda: None)  # type: ignore[arg-type, misc]
