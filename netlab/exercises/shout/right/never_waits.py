def shout(sock, data):
    sock.setblocking(False)
    answer, rest = b"", data
    while len(answer) < len(data):
        try:
            rest = rest[sock.send(rest) :] if rest else rest
        except BlockingIOError:
            pass
        try:
            chunk = sock.recv(65536)
        except BlockingIOError:
            continue
        if not chunk:
            raise EOFError("the server has ended its stream")
        answer += chunk
    return answer
