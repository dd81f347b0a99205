"""M52: each number that came was taken for a reply to this probe.

Replies to an earlier one may still arrive. Take only the numbers that you have sent.
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
        if not data.isdigit():
            continue
        number = int(data)
        if number in seen:
            doubled.append(number)
        elif seen and number < max(seen):
            reordered.append(number)
        seen.add(number)
    lost = [number for number in messages.values() if number not in seen]
    return lost, sorted(doubled), sorted(reordered)
