"""The chat of lesson 25, with clients that are not ours: nc, and members who vanish together."""

from __future__ import annotations

import socket
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from netlab import serve_all
from tests.helpers import eventually
from tests.test_servers import connect
from tests.tools import need

LESSON = Path(__file__).parent.parent / "notebooks/25-many-clients/many-clients.ipynb"
IMPORTS = "import selectors\n"


@pytest.fixture
def chat() -> Iterator[tuple[Any, Any]]:
    """The lesson's own cells, from Member to run, as a running server."""
    cells = [c for c in nbformat.read(LESSON, as_version=4).cells if c.cell_type == "code"]
    ids = [cell.id for cell in cells]
    wanted = cells[ids.index("member") : ids.index("chat-loop") + 1]
    names: dict[str, Any] = {}
    exec(IMPORTS + "\n\n".join(cell.source for cell in wanted), names)
    room = names["Chat"]()
    program: Callable[[socket.socket], object] = lambda listener: names["run"](room, listener)  # noqa: E731
    with serve_all(program) as server:
        yield server, room


def test_nc_is_a_member(chat: tuple[Any, Any]) -> None:
    nc = need("nc", "ncat")
    server, room = chat
    with connect(server) as ada, ada.makefile("rb") as hears:
        eventually(lambda: len(room.members) == 1)
        command = [nc, *map(str, server.address)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as guest:
            assert guest.stdin and guest.stdout
            guest.stdin.write(b"typed by hand\n")
            guest.stdin.flush()
            assert hears.readline() == b"guest2: typed by hand\n"
            ada.sendall(b"welcome\n")
            assert guest.stdout.readline() == b"guest1: welcome\n"
            guest.kill()
        assert hears.readline() in (b"* guest2 has left\n", b"* guest2 has vanished\n")


def test_twenty_members_vanish_at_once(chat: tuple[Any, Any]) -> None:
    server, room = chat
    with connect(server) as ada, ada.makefile("rb") as hears:
        others = [connect(server) for _ in range(20)]
        eventually(lambda: len(room.members) == 21)
        for sock in others:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            sock.close()
        said = {hears.readline() for _ in others}
        assert said == {b"* guest%d has vanished\n" % n for n in range(2, 22)}
        eventually(lambda: len(room.members) == 1)
        ada.sendall(b"/join garden\n")
        assert hears.readline() == b"* you are in garden\n"
