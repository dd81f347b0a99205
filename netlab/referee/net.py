"""All that an answer can reach in one scenario: the socket it is given, servers, a listener."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field, replace
from typing import Any

from netlab.referee.buffers import Buffered
from netlab.referee.clock import Clock
from netlab.referee.datagrams import DatagramPeer
from netlab.referee.peer import PATIENCE, Event, Nonsense, Peer
from netlab.referee.ports import Listener, Ports
from netlab.referee.scenario import Address, Reaction, Scenario
from netlab.referee.states import States

CONNECTIONS = 200  # in one scenario, before we say that it will never end
LISTENER = -1  # the listener's number; 0 is the given socket, connections count from 1
HERE = "127.0.0.1"


@dataclass
class Net:
    """Answers every call of every socket; one log for all of them.

    `over` is the peers' own: a call that can never end. What the answer sent stands in heard, in
    order, with the number of its connection.
    """

    scenario: Scenario
    log: list[Event] = field(default_factory=list)
    over: str = ""
    heard: list[tuple[int, bytes]] = field(default_factory=list)
    accepted: int = 0
    listener_closed: bool = False

    def __post_init__(self) -> None:
        self.clock = Clock(self.scenario.takes)
        kind = Buffered if self.scenario.buffers else Peer
        self.peers = [kind(self.scenario, self.log, reaction=self.scenario.reacts)]
        if answers := self.scenario.answers:
            given = DatagramPeer(self.scenario, self.log, answers=answers, clock=self.clock)
            self.peers = [given]
        self._refused = 0
        self.ports = Ports(self.scenario.ports or {})
        self.states = States()

    @property
    def connections(self) -> list[Peer]:
        """Those that the answer made or accepted, in order."""
        return self.peers[1:]

    @property
    def received(self) -> bytes:
        return b"".join(bytes(peer.received) for peer in self.peers)

    @property
    def left(self) -> bytes:
        """What was sent to the answer and not received by it."""
        return b"".join(peer.left for peer in self.peers)

    @property
    def state(self) -> tuple[Any, ...]:
        """What two programs must share to be called the same mistake."""
        ends = tuple((p.address, bytes(p.received), p.left, p.ended, p.closed) for p in self.peers)
        ports = tuple(map(repr, self.ports.listeners))
        heard = self.peers[0].heard, len(self.clock.asks)
        return ends, heard, self.accepted, self.listener_closed, ports, tuple(self.states.path)

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """What comes of one call; a question after the end is told to stop, whatever it was."""
        if self.over:
            return {"stop": self.over}
        do, number = question.get("do"), question.get("sock")
        if do in ("clock", "ask"):
            reply = self.clock.answer(question, self.log)
            self.over = reply.get("stop", "")
            return reply
        if do == "connect":
            return self._connect(question)
        if do == "select":
            text = "this check plays no selector: recv and send wait by themselves"
            return self._refuse(Event("select()"), "OSError", errno.ENOTSUP, text)
        if do == "bind":
            return self._bind(question)
        if type(number) is int and (listener := self.ports.find(number)):
            return self._own_listener(listener, question)
        if number == LISTENER or do == "accept":
            return self._listen(question)
        if type(number) is not int or not 0 <= number < len(self.peers):
            raise Nonsense("sock")
        return self._ask_peer(number, question)

    def _ask_peer(self, number: int, question: dict[str, Any]) -> dict[str, Any]:
        """A call of one connection: when a reply is on its way, the answer waits for it."""
        do, peer = question.get("do"), self.peers[number]
        in_time, waited = True, ""
        if do == "recv" and question.get("n") and peer.reacted:
            in_time, waited = self.clock.reply(number, question.get("timeout"))
        if not in_time:
            event = Event("recv")
            self.log.append(event)
            return _error(event, "TimeoutError", None, "timed out")
        before, reacted, unread = len(peer.received), peer.reacted, bool(peer.left)
        reply = peer.answer(question)
        self.over = peer.over
        self.states.note(question, reply, unread, peer)
        if waited:
            self.log[-1].waited = waited
        if peer.reacted > reacted:
            self.clock.asked(number)
        if len(peer.received) > before:
            self.heard.append((number, bytes(peer.received[before:])))
        return reply

    def _connect(self, question: dict[str, Any]) -> dict[str, Any]:
        address = _address(question)
        event = Event(f"connect({address})", sent=True)
        self.log.append(event)
        if not self.scenario.servers:
            text = "this exercise's check has no server; use the socket that you are given"
            return self._refuse(event, "PermissionError", errno.EPERM, text)
        if address not in self.scenario.servers:
            self.states.connected(False)
            return self._refuse(
                event, "ConnectionRefusedError", errno.ECONNREFUSED, "Connection refused"
            )
        if len(self.peers) > CONNECTIONS:
            self.over, event.note = "spins", "and so on, for ever"
            return {"stop": self.over}
        in_time, waited = self.clock.connect(question.get("timeout"))
        if not in_time:
            return _error(event, "TimeoutError", None, "timed out")
        event.note, event.waited = "connected", waited
        reaction = self._reaction(address)
        self.states.connected(True)
        return self._open(Peer(self.scenario, self.log, reaction=reaction, address=address))

    def _reaction(self, address: Address) -> Reaction:
        """Who answers the next connection to this address."""
        reactions = self.scenario.servers[address]
        if not isinstance(reactions, tuple):
            return reactions
        before = sum(peer.address == address for peer in self.connections)
        return reactions[min(before, len(reactions) - 1)]

    def _bind(self, question: dict[str, Any]) -> dict[str, Any]:
        address = _address(question)
        event = Event(f"bind({address})", sent=True)
        self.log.append(event)
        number = None
        if self.scenario.ports is not None:
            if len(self.log) > CONNECTIONS:
                self.over, event.note = "spins", "and so on, for ever"
                return {"stop": self.over}
            number = self.ports.bind(address, question.get("reuse") is True)
        if address in self.scenario.servers or (number is None and self.scenario.ports is not None):
            return self._refuse(event, "OSError", errno.EADDRINUSE, "Address already in use")
        return {} if number is None else {"sock": number}

    def _own_listener(self, listener: Listener, question: dict[str, Any]) -> dict[str, Any]:
        """A call of a socket that the answer has bound."""
        do, reuse = question.get("do"), listener.reuse
        event = Event(f"{do}()", sent=do != "accept")
        self.log.append(event)
        if do == "close":
            listener.state = "closed"
            return {}
        if do == "listen":
            listener.state = "LISTEN"
            listener.late = question.get("reuse") is True and not reuse
            event.note = "with SO_REUSEADDR" if reuse else "without SO_REUSEADDR"
            return {}
        if do != "accept" or listener.state != "LISTEN":
            number, text = errno.ENOTCONN, "Transport endpoint is not connected"
            if do == "accept":
                number, text = errno.EINVAL, "Invalid argument"
            return self._refuse(event, "OSError", number, text)
        reply = self._next_client(event, question)
        if "sock" in reply:
            self.ports.accepted(listener)
        return reply

    def _listen(self, question: dict[str, Any]) -> dict[str, Any]:
        """A listener's calls, accept() and close(); a listener that is not ours has no clients."""
        do, number = question.get("do"), question.get("sock")
        event = Event(f"{do}()", note="nobody can call any more" if do == "close" else "")
        self.log.append(event)
        if do == "close":
            self.listener_closed = True
            event.sent = True
            return {}
        if do != "accept":
            text = "Transport endpoint is not connected"
            return self._refuse(event, "OSError", errno.ENOTCONN, text)
        if number == LISTENER:
            return self._next_client(event, question)
        return self._nobody_calls(event, question)

    def _next_client(self, event: Event, question: dict[str, Any]) -> dict[str, Any]:
        if self.accepted < len(self.scenario.clients):
            sends = self.scenario.clients[self.accepted]
            self.accepted += 1
            address = (HERE, 50000 + self.accepted)
            event.note = f"a connection from {address}"
            return self._open(Peer(replace(self.scenario, sends=sends), self.log, address=address))
        return self._nobody_calls(event, question)

    def _nobody_calls(self, event: Event, question: dict[str, Any]) -> dict[str, Any]:
        if question.get("timeout") is not None:
            return _error(event, "TimeoutError", None, "timed out")
        self.over, event.note = "blocked", "nobody calls any more: it waits for ever"
        return {"stop": self.over}

    def _refuse(self, event: Event, name: str, number: int, text: str) -> dict[str, Any]:
        """An error that asking again will not change: a loop that does is stopped."""
        self._refused += 1
        if self._refused > PATIENCE:
            self.over, event.note = "spins", "and so on, for ever"
            return {"stop": self.over}
        return _error(event, name, number, text)

    def _open(self, peer: Peer) -> dict[str, Any]:
        self.peers.append(peer)
        return {"sock": len(self.peers) - 1, "address": list(peer.address)}


def _address(question: dict[str, Any]) -> Address:
    address = question.get("address")
    if type(address) is not list or [type(part) for part in address] != [str, int]:
        raise Nonsense("address")
    host, port = address
    return (HERE if host == "localhost" else host[:50]), port


def _error(event: Event, name: str, number: int | None, text: str) -> dict[str, Any]:
    event.note = name
    return {"error": name, "text": text, "number": [] if number is None else [number]}
