"""A relay as one would first write it, with asyncio streams. Arguments: target port, delay."""

import asyncio
import sys

from benchmarks.peers import end_with_the_benchmark

TARGET, DELAY = int(sys.argv[1]), float(sys.argv[2])


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    loop = asyncio.get_running_loop()
    while data := await reader.read(65536):
        loop.call_later(DELAY, writer.write, data)
    loop.call_later(DELAY, writer.close)


async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    far_reader, far_writer = await asyncio.open_connection("127.0.0.1", TARGET)
    await asyncio.gather(carry(reader, far_writer), carry(far_reader, writer))


async def main() -> None:
    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


end_with_the_benchmark()
asyncio.run(main())
