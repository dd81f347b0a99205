from time import perf_counter


def request(sock, number, question):
    start = b"%d " % number
    began, attempts = perf_counter(), 0
    while True:
        passed = perf_counter() - began
        if passed >= 2**attempts - 1:
            if attempts == 4:
                raise TimeoutError("four questions, and no reply")
            sock.sendall(start + question)
            attempts += 1
        sock.settimeout(max(2**attempts - 1 - passed, 1e-6))
        try:
            data, _ = sock.recvfrom(4096)
        except TimeoutError:
            continue
        if data.startswith(start):
            return data[len(start) :]
