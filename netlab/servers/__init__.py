"""Background servers, and serve(handler)."""

from netlab.background.log import Log, Record
from netlab.servers.builtin import EchoServer, UdpEchoServer
from netlab.servers.local import serve

__all__ = ["EchoServer", "Log", "Record", "UdpEchoServer", "serve"]
