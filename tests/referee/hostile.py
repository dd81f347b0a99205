"""Submissions that want a better mark than they deserve, or none to be given at all.

Each defines recv_exactly, is wrong on purpose, and must fail without harm to anybody. TARGET is
replaced by a folder with a secret file, PORT by a port that somebody listens on.
"""

HOSTILE = {
    "forges results on every open file": """
import os
def recv_exactly(sock, n):
    for number in range(3, 32):
        try:
            os.write(number, b'{"returned": {"bytes": ""}, "printed": ""}\\n' * 50)
        except OSError:
            pass
    return bytes(n)
""",
    "forges questions": """
def recv_exactly(sock, n):
    sock._ask_referee({"do": "verdict", "passed": True})
    return bytes(n)
""",
    "asks for less than nothing": """
def recv_exactly(sock, n):
    sock._ask_referee({"do": "recv", "name": "recv", "n": -1, "timeout": "x"})
""",
    "sends lines that are no JSON": """
import os
def recv_exactly(sock, n):
    for number in range(3, 32):
        try:
            os.write(number, b"[" * 100000 + b"\\n")
        except OSError:
            pass
""",
    "floods the channel without a line's end": """
import os
def recv_exactly(sock, n):
    while True:
        for number in range(3, 32):
            try:
                os.write(number, b"x" * 1000000)
            except OSError:
                pass
""",
    "is equal to everything": """
class Bytes(bytes):
    def __eq__(self, other):
        return True
    def __ne__(self, other):
        return False
    def __len__(self):
        return 8
    __hash__ = bytes.__hash__
def recv_exactly(sock, n):
    return Bytes(n)
""",
    "leaves by os._exit": """
import os
def recv_exactly(sock, n):
    os._exit(0)
""",
    "leaves by sys.exit": """
import sys
def recv_exactly(sock, n):
    sys.exit(0)
""",
    "leaves while it is read": """
import os
os._exit(0)
def recv_exactly(sock, n):
    pass
""",
    "crashes the interpreter": """
import ctypes
def recv_exactly(sock, n):
    ctypes.string_at(0)
""",
    "loops, and catches everything": """
import signal
def recv_exactly(sock, n):
    while True:
        try:
            for name in ("SIGUSR1", "SIGALRM", "SIGXCPU", "SIGTERM"):
                signal.signal(getattr(signal, name), signal.SIG_IGN)
        except BaseException:
            pass
""",
    "swallows the end of the scenario": """
def recv_exactly(sock, n):
    while True:
        try:
            sock.recv(1)
        except BaseException:
            pass
""",
    "sleeps": """
import time
def recv_exactly(sock, n):
    time.sleep(10000)
""",
    "forks": """
import os
def recv_exactly(sock, n):
    while True:
        os.fork()
""",
    "starts threads": """
import threading
def recv_exactly(sock, n):
    while True:
        threading.Thread(target=lambda: None).start()
""",
    "starts a shell": """
import subprocess
def recv_exactly(sock, n):
    subprocess.run(["sh", "-c", "echo harm > TARGET/harm"])
    return bytes(n)
""",
    "becomes a shell": """
import os
def recv_exactly(sock, n):
    os.execv("/bin/sh", ["sh", "-c", "echo harm > TARGET/harm"])
""",
    "fills the memory": """
def recv_exactly(sock, n):
    data = []
    while True:
        data.append(bytearray(50_000_000))
""",
    "asks for ten gigabytes": """
def recv_exactly(sock, n):
    return bytes(10**10)
""",
    "returns a huge value": """
def recv_exactly(sock, n):
    return [b"x" * 1_900_000] * 200
""",
    "returns a huge number": """
def recv_exactly(sock, n):
    return 1 << 10_000_000
""",
    "returns itself in a list": """
def recv_exactly(sock, n):
    loop = []
    loop.append(loop)
    return loop
""",
    "prints for ever": """
import os
def recv_exactly(sock, n):
    print("x" * 20_000_000)
    os.write(1, b"x" * 1_000_000)
    os.write(2, b"x" * 1_000_000)
    return bytes(n)
""",
    "writes its own stack traces": """
import os
def recv_exactly(sock, n):
    while True:
        os.write(5, b"(most recent call first):\\n  File \\"<answer 0>\\", line 1 in f\\n")
""",
    "patches what judges it": """
import builtins, json, sys
json.dumps = lambda *a, **k: '{"returned": {"bytes": ""}}'
builtins.len = lambda thing: 8
for module in list(sys.modules.values()):
    if hasattr(module, "pack"):
        module.pack = lambda value, depth=0: {"bytes": ""}
def recv_exactly(sock, n):
    return bytes(n)
""",
    "looks for the answer in the frames above it": """
import gc, sys
def recv_exactly(sock, n):
    found, frame = [], sys._getframe()
    while frame:
        found += [v for v in frame.f_locals.values() if type(v) is bytes and len(v) == n]
        frame = frame.f_back
    found += [v for v in gc.get_objects() if type(v) is bytes and len(v) == n]
    return found[-1] if found else bytes(n)
""",
    "imports the exercises": """
def recv_exactly(sock, n):
    from netlab.exercises.bank import find
    return find("recv_exactly").scenarios()[0].sends[0]
""",
    "reads a file": """
def recv_exactly(sock, n):
    with open("TARGET/secret", "rb") as file:
        raise SystemExit(file.read())
""",
    "writes a file": """
def recv_exactly(sock, n):
    with open("TARGET/harm", "wb") as file:
        file.write(b"harm")
""",
    "kills the referee": """
import os, signal
def recv_exactly(sock, n):
    os.kill(os.getppid(), signal.SIGKILL)
    return bytes(n)
""",
    "kills the referee's group": """
import os, signal
def recv_exactly(sock, n):
    os.kill(-1, signal.SIGKILL)
    return bytes(n)
""",
    "kills by a system call": """
import ctypes, os
def recv_exactly(sock, n):
    libc = ctypes.CDLL(None)
    libc.syscall(234, os.getppid(), os.getppid(), 9)
    libc.syscall(200, os.getppid(), 9)
    libc.kill(os.getppid(), 9)
    return bytes(n)
""",
    "reads the referee's memory": """
import os
def recv_exactly(sock, n):
    with open(f"/proc/{os.getppid()}/mem", "rb") as file:
        raise SystemExit("HARM")
""",
    "connects": """
import socket
def recv_exactly(sock, n):
    socket.create_connection(("127.0.0.1", PORT), timeout=1).sendall(b"harm")
    raise SystemExit("HARM")
""",
    "sends a datagram": """
import socket
def recv_exactly(sock, n):
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"harm", ("127.0.0.1", PORT))
    raise SystemExit("HARM")
""",
    "opens a local socket": """
import socket
def recv_exactly(sock, n):
    socket.socket(socket.AF_UNIX)
    raise SystemExit("HARM")
""",
    "becomes root again": """
import os
def recv_exactly(sock, n):
    os.setuid(0)
    raise SystemExit("HARM")
""",
    "raises what cannot be shown": """
class Odd(Exception):
    def __str__(self):
        raise RecursionError
    __module__ = 7
def recv_exactly(sock, n):
    raise Odd
""",
    "recurses": """
def recv_exactly(sock, n):
    return recv_exactly(sock, n)
""",
    "closes every file": """
import os
def recv_exactly(sock, n):
    os.closerange(0, 1000)
    return bytes(n)
""",
}
