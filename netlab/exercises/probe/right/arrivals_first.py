from collections import Counter


def arrivals(sock):
    sock.settimeout(1.0)
    try:
        while True:
            yield sock.recvfrom(2048)[0]
    except TimeoutError:
        return


def probe(sock, count):
    for number in range(1, count + 1):
        sock.sendall(str(number).encode())
    came = [int(data) for data in arrivals(sock) if data.isdigit()]
    came = [number for number in came if 1 <= number <= count]
    copies = Counter(came)
    firsts = list(dict.fromkeys(came))
    highest, reordered = 0, []
    for number in firsts:
        if number < highest:
            reordered.append(number)
        highest = max(highest, number)
    lost = [number for number in range(1, count + 1) if not copies[number]]
    doubled = [number for number in sorted(copies) for _ in range(copies[number] - 1)]
    return lost, doubled, sorted(reordered)
