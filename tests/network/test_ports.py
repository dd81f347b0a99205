"""A server on a host of a Network can have any port; on this machine the system chooses."""

from __future__ import annotations

import pytest

from netlab import EchoServer, Network, WebServer, serve
from tests.network.tools import live


@live
def test_a_host_has_port_80_for_itself():
    with Network("alice -- bob") as net:
        alice, bob = net.hosts
        with WebServer({"/": "hello"}, host=bob, port=80) as server:
            assert server.address == (bob.address, 80)
            client = alice.http(server)
            client.request("GET", "/")
            assert client.getresponse().read() == b"hello"
            client.close()
        with (
            serve(lambda conn: conn.sendall(b"hi"), host=bob, port=80) as server,
            alice.connect(server) as sock,
        ):
            assert sock.recv(2) == b"hi"


@pytest.mark.parametrize("make", [EchoServer, lambda **given: serve(print, **given)])
@pytest.mark.parametrize("port", [80, -1, 65536, "80", True])
def test_this_machine_chooses_its_ports(make, port):
    with pytest.raises((ValueError, TypeError)):
        make(port=port).close()
