"""M35: each message was sent only when the reply to the one before was in.

So none could overtake another. Send all, then receive.
Read again: lesson 14, "A path that does as you say".
"""


def probe(sock, count):
    sock.settimeout(1)
    lost, doubled, reordered, seen = [], [], [], set()
    for number in range(1, count + 1):
        sock.send(b"%d" % number)
        while number not in seen:
            try:
                data = sock.recv(65536)
            except TimeoutError:
                lost.append(number)
                break
            if not data.isdigit() or not 0 < int(data) <= count:
                continue
            if int(data) in seen:
                doubled.append(int(data))
            elif seen and int(data) < max(seen):
                reordered.append(int(data))
            seen.add(int(data))
    return lost, doubled, reordered
