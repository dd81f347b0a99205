"""M52: whatever came was taken for a number.

An open port takes from everybody. Look at a datagram before you believe it.
Read again: lesson 14, "The same socket receives".
"""


def probe(sock, count):
    sock.settimeout(1)
    messages = {b"%d" % number: number for number in range(1, count + 1)}
    for message in messages:
        sock.send(message)
    seen, doubled, reordered = set(), [], []
    while True:
        try:
            data = sock.recv(65536)
        except TimeoutError:
            break
        number = int(data)
        if not 0 < number <= count:
            continue
        if number in seen:
            doubled.append(number)
        elif seen and number < max(seen):
            reordered.append(number)
        seen.add(number)
    lost = [number for number in messages.values() if number not in seen]
    return lost, sorted(doubled), sorted(reordered)
