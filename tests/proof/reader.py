"""A reader in a process of its own: asks an echo server for bytes, reads them at random moments.

python reader.py HOST PORT BYTES MODE SEED: prints the sizes of the pieces and whether all is right.
"""

import asyncio
import json
import random
import select
import socket
import sys
import time

host, port, count, mode, seed = *sys.argv[1:3], int(sys.argv[3]), sys.argv[4], int(sys.argv[5])
draw = random.Random(seed)
request = draw.randbytes(count)


def late() -> float:
    """Seconds until the next read: mostly at once, sometimes soon, now and then 0.1 s late."""
    return draw.choice([0.0] * 14 + [draw.uniform(0, 0.003)] * 5 + [0.1])


def pieces(sock):
    """Yield what each read returns, by the way of reading that MODE names."""
    stream = sock.makefile("rb", buffering=0 if mode == "makefile raw" else -1)
    buffer = bytearray(65536)
    while True:
        time.sleep(late())
        if mode == "recv":
            yield sock.recv(65536)
        elif mode == "select":
            select.select([sock], [], [], 20)
            yield sock.recv(65536)
        elif mode == "non-blocking":
            sock.setblocking(False)
            try:
                yield sock.recv(65536)
            except BlockingIOError:
                pass
        elif mode == "peek":
            seen = sock.recv(65536, socket.MSG_PEEK)
            time.sleep(late())
            assert sock.recv(65536, socket.MSG_PEEK) == seen
            yield sock.recv(65536)
        elif mode == "recv_into":
            yield bytes(buffer[: sock.recv_into(buffer)])
        elif mode == "in halves":  # the rest of a piece first, then the next piece
            first = sock.recv(1)
            time.sleep(late())
            yield first + (sock.recv(65536) if first and split > 1 else b"")
        elif mode == "makefile":
            yield stream.read1(65536)
        elif mode == "makefile raw":
            yield stream.read(65536)


async def streamed():
    """Prompt, and with nothing between it and read(): a stream reads ahead into its own buffer.

    Beside busy loops, one task more in between (wait_for, before Python 3.12) joined 92 of 600.
    """
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request)
    sizes, got = [], b""
    while len(got) < count:
        data = await reader.read(65536)
        sizes.append(len(data))
        got += data
    writer.close()
    await writer.wait_closed()
    return sizes, got


def read():
    sizes, got = [], b""
    with socket.create_connection((host, int(port)), timeout=20) as sock:
        sock.sendall(request)
        for data in pieces(sock):
            sizes.append(len(data))
            got += data
            if not data or len(got) >= count:
                return sizes, got


split = int(sys.argv[6])
sizes, got = asyncio.run(asyncio.wait_for(streamed(), 120)) if mode == "asyncio" else read()
print(json.dumps({"sizes": sizes, "right": got == request}))
