"""M35: the replies that overtook were named, not the one that was overtaken.

Out of order is what comes after a higher number: the late one (RFC 4737).
Read again: lesson 14, "A path that does as you say".
"""


def probe(sock, count):
    sock.settimeout(1)
    for number in range(1, count + 1):
        sock.send(b"%d" % number)
    came, doubled = [], []
    try:
        while True:
            data = sock.recv(65536)
            if data.isdigit() and 0 < int(data) <= count:
                (doubled if int(data) in came else came).append(int(data))
    except TimeoutError:
        pass
    lost = [number for number in range(1, count + 1) if number not in came]
    reordered = [
        number for place, number in enumerate(came) if any(n < number for n in came[place:])
    ]
    return lost, sorted(doubled), sorted(reordered)
