def shout(sock, data):
    sent, answer = 0, bytearray()
    while len(answer) < len(data):
        if sent < len(data) and sent - len(answer) < 2048:
            sent += sock.send(data[sent : sent + 1024])
            continue
        chunk = sock.recv(1024)
        if not chunk:
            raise EOFError
        answer += chunk
    return bytes(answer)
