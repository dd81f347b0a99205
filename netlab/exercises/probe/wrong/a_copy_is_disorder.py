"""M35: the second copy of a datagram was taken for disorder.

A copy counts as doubled, however late it is. Look first whether the number was seen.
Read again: lesson 14, "A path that does as you say".
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
        if data not in messages:
            continue
        number = messages[data]
        if seen and number < max(seen):
            reordered.append(number)
        elif number in seen:
            doubled.append(number)
        seen.add(number)
    lost = [number for number in messages.values() if number not in seen]
    return lost, sorted(doubled), sorted(reordered)
