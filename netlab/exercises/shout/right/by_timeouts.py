def shout(sock, data):
    sock.settimeout(0.2)
    rest, answer = memoryview(data), b""
    while rest or len(answer) < len(data):
        try:
            if rest:
                rest = rest[sock.send(rest[:4096]) :]
                continue
        except TimeoutError:
            pass
        chunk = sock.recv(4096)
        if chunk == b"":
            raise EOFError("no more")
        answer += chunk
    return answer
