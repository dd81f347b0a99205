"""M35: the reply at place n was taken for the reply to message n.

After one loss, every place is another's. Only the number inside says which reply it is.
Read again: lesson 14, "A path that does as you say".
"""


def probe(sock, count):
    sock.settimeout(1)
    for number in range(1, count + 1):
        sock.send(b"%d" % number)
    came = []
    try:
        while True:
            came.append(sock.recv(65536))
    except TimeoutError:
        pass
    came = [int(data) for data in came if data.isdigit() and 0 < int(data) <= count]
    lost = [number for number in range(1, count + 1) if number not in came]
    doubled = [number for place, number in enumerate(came) if number in came[:place]]
    reordered = [number for place, number in enumerate(came, 1) if number != place]
    return lost, sorted(doubled), sorted(reordered)
