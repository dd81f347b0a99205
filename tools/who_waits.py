"""Record the five ladders that lesson 24 asks about: a recording that holds one trace, no calls."""

import socket
import sys
from dataclasses import asdict
from threading import Event

from lessons import ROOT

from netlab import Network, serve
from netlab.network.recorder import Recorder

FILE = ROOT / "notebooks/24-forty-ms/recordings/who-waits.json"
QUESTION, HEAD, BODY = b"what is the weather?\n", b"length: 6\n\n", b"sunny\n"


def answers(*pieces, pause=0.0, lines=1):
    """A server that answers each question of so many lines with these writes, after a pause (s)."""

    def handler(conn):
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 0)
        with conn.makefile("rb") as stream:
            while all(stream.readline() for _ in range(lines)):
                Event().wait(pause)
                for piece in pieces:
                    conn.sendall(piece)

    return handler


def asks(net, handler, *pieces, count=2, before_the_last=lambda: None):
    """Ask so often, each time with these writes."""
    client, server = net.hosts
    with serve(handler, host=server) as there, client.connect(there) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 0)
        for number in range(count):
            if number == count - 1:
                before_the_last()
            for piece in pieces:
                sock.sendall(piece)
            answer = b""
            while not answer.endswith(BODY):
                answer += sock.recv(100)
    net.trace()  # until all is quiet


def main():
    with Network("client -- server", delay=0.002) as net:
        noted = Recorder(FILE, net.plan.as_json())
        noted.enter([[asdict(way) for way in pair] for pair in net._conditions])
        asks(net, answers(HEAD, BODY), QUESTION)
        asks(net, answers(BODY, pause=0.15), QUESTION, count=1)
        asks(net, answers(BODY, lines=2), b"weather\n", b"today\n")
        # the next packet is the last question: loss is counted from the change on
        asks(
            net,
            answers(BODY),
            QUESTION,
            before_the_last=lambda: net.change("client -> server", loss=[1]),
        )
        net.change(delay=0.080, loss=0.0)
        asks(net, answers(BODY), QUESTION, count=1)
        trace = net.trace().as_json()
    noted.call("network", "trace", [], lambda: trace)
    noted.close()
    print(f"wrote {FILE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
