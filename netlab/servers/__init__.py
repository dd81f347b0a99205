"""Background servers, and serve(handler)."""

from netlab.background.log import Log, Record
from netlab.servers.builtin import EchoServer, UdpEchoServer
from netlab.servers.local import serve
from netlab.servers.web import Reply, WebServer

__all__ = ["EchoServer", "Log", "Record", "Reply", "UdpEchoServer", "WebServer", "serve"]
