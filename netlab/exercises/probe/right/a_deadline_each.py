import time


def probe(sock, count):
    missing = set(range(1, count + 1))
    for number in sorted(missing):
        sock.send(f"{number}".encode("ascii"))
    doubled, reordered, highest = [], [], 0
    quiet_at = time.monotonic() + 1
    buffer = bytearray(4096)
    while (left := quiet_at - time.monotonic()) > 0:
        sock.settimeout(left)
        try:
            size = sock.recv_into(buffer)
        except TimeoutError:
            continue
        quiet_at = time.monotonic() + 1
        try:
            number = int(bytes(buffer[:size]))
        except ValueError:
            continue
        if not 0 < number <= count:
            continue
        if number not in missing:
            doubled.append(number)
            continue
        missing.remove(number)
        if number < highest:
            reordered.append(number)
        highest = max(highest, number)
    return sorted(missing), sorted(doubled), sorted(reordered)
