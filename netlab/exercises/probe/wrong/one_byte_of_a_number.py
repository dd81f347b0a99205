"""M34: recv(1) was taken to leave the rest of a datagram for later.

What does not fit is lost, and 10 becomes 1. Ask for more than any datagram holds.
Read again: lesson 14, "A datagram has edges".
"""


def probe(sock, count):
    sock.settimeout(1)
    messages = {b"%d" % number: number for number in range(1, count + 1)}
    for message in messages:
        sock.send(message)
    seen, doubled, reordered = set(), [], []
    while True:
        try:
            data = sock.recv(1)
        except TimeoutError:
            break
        if data not in messages:
            continue
        number = messages[data]
        if number in seen:
            doubled.append(number)
        elif seen and number < max(seen):
            reordered.append(number)
        seen.add(number)
    lost = [number for number in messages.values() if number not in seen]
    return lost, sorted(doubled), sorted(reordered)
