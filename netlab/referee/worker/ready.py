"""What the answer finds as a selector: the referee says who is ready.

Only the waiting is the referee's; register, modify, unregister and their errors are Python's own.
"""

from __future__ import annotations

import errno
import select
import selectors

from netlab.referee.worker.sock import ERRORS, Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FIRST = 1000  # our numbers begin where no file of this process can be
EVENTS = {"r": selectors.EVENT_READ, "w": selectors.EVENT_WRITE}
KINDS = ("Default", "Select", "Poll", "Epoll", "Devpoll", "Kqueue")


def install(ask: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """From now on select, and every selector, asks the referee; poll and epoll are not there."""

    def wait(reads: list[int], writes: list[int], timeout: float | None) -> list[tuple[int, int]]:
        question = {
            "do": "select",
            "read": [n - FIRST for n in reads],
            "write": [n - FIRST for n in writes],
            "timeout": None if timeout is None else max(timeout, 0),
        }
        reply = ask(question)
        if "stop" in reply:
            raise Stop(reply["stop"])
        if "error" in reply:
            raise ERRORS[reply["error"]](*reply["number"], reply["text"])
        return [(n + FIRST, sum(EVENTS[letter] for letter in how)) for n, how in reply["ready"]]

    class ScriptedSelector(selectors._BaseSelectorImpl):
        def select(self, timeout: float | None = None) -> list[Any]:
            keys = {key.fd: key for key in self.get_map().values()}
            reads = [fd for fd, key in keys.items() if key.events & selectors.EVENT_READ]
            writes = [fd for fd, key in keys.items() if key.events & selectors.EVENT_WRITE]
            return [(keys[fd], events) for fd, events in wait(reads, writes, timeout)]

    def scripted_select(
        rlist: Any, wlist: Any, xlist: Any, timeout: float | None = None
    ) -> tuple[list[Any], list[Any], list[Any]]:
        reads, writes = ({_number(one): one for one in some} for some in (rlist, wlist))
        ready = wait(list(reads), list(writes), timeout)
        readable = [reads[fd] for fd, events in ready if events & selectors.EVENT_READ]
        return readable, [writes[fd] for fd, events in ready if events & selectors.EVENT_WRITE], []

    for kind in KINDS:
        setattr(selectors, f"{kind}Selector", ScriptedSelector)
    module: Any = select
    module.select = scripted_select
    for name in ("poll", "epoll", "kqueue", "devpoll"):
        vars(module).pop(name, None)


def _number(sock: Any) -> int:
    number: int = sock if isinstance(sock, int) else sock.fileno()
    if number < 0:
        raise ValueError("file descriptor cannot be a negative integer (-1)")
    if number < FIRST - 1:
        raise OSError(errno.EBADF, "this is no socket of the check")
    return number
