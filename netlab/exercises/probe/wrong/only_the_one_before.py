"""M35: a reply was compared with the one before it only.

Two late ones in a row are both late. Compare with the highest number so far.
Read again: lesson 14, "A path that does as you say".
"""


def probe(sock, count):
    sock.settimeout(1)
    messages = {b"%d" % number: number for number in range(1, count + 1)}
    for message in messages:
        sock.send(message)
    before = 0
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
        elif number < before:
            reordered.append(number)
        seen.add(number)
        before = number
    lost = [number for number in messages.values() if number not in seen]
    return lost, sorted(doubled), sorted(reordered)
