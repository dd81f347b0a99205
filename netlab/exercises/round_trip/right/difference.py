import time

QUESTION = b"GET / HTTP/1.1\r\nHost: hidden\r\n\r\n"


def page(connect, questions):
    began = time.time()
    with connect() as sock:
        for _ in range(questions):
            sock.sendall(QUESTION)
            sock.recv(4096)
    return time.time() - began


def round_trip(connect):
    new = min(page(connect, 1) for _ in range(8))
    kept = min(second(connect) for _ in range(8))
    return new - kept


def second(connect):
    with connect() as sock:
        times = []
        for _ in range(3):
            began = time.time()
            sock.sendall(QUESTION)
            sock.recv(4096)
            times.append(time.time() - began)
    return min(times)
