"""M02: all numbers were sent in one datagram.

A datagram is one packet: it is lost or doubled as a whole. Send one for each number.
Read again: lesson 14, "A datagram has edges".
"""


def probe(sock, count):
    sock.settimeout(1)
    messages = {b"%d" % number: number for number in range(1, count + 1)}
    sock.send(b"".join(messages))
    seen, doubled, reordered = set(), [], []
    while True:
        try:
            data = sock.recv(65536)
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
