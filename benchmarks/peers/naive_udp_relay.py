"""A UDP relay as one would first write it, with asyncio. Arguments: target port, delay."""

import asyncio
import sys
from typing import Any

from benchmarks.peers import end_with_the_benchmark

TARGET, DELAY = ("127.0.0.1", int(sys.argv[1])), float(sys.argv[2])


class Far(asyncio.DatagramProtocol):
    """The socket of one client: answers go back to it."""

    def __init__(self, near: asyncio.DatagramTransport, client: Any) -> None:
        self.near, self.client = near, client

    def datagram_received(self, data: bytes, addr: Any) -> None:
        asyncio.get_running_loop().call_later(DELAY, self.near.sendto, data, self.client)


class Near(asyncio.DatagramProtocol):
    """Where clients send to."""

    def __init__(self) -> None:
        self.far: dict[Any, asyncio.Task[Any]] = {}

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        loop = asyncio.get_running_loop()
        if addr not in self.far:
            made = loop.create_datagram_endpoint(
                lambda: Far(self.transport, addr), remote_addr=TARGET
            )
            self.far[addr] = loop.create_task(made)
        loop.call_later(DELAY, self.pass_on, data, addr)

    def pass_on(self, data: bytes, addr: Any) -> None:
        if self.far[addr].done():
            self.far[addr].result()[0].sendto(data)


async def main() -> None:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Near, local_addr=("127.0.0.1", 0))
    print(transport.get_extra_info("sockname")[1], flush=True)
    await asyncio.Event().wait()


end_with_the_benchmark()
asyncio.run(main())
