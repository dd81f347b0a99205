def shout(sock, data):
    answer = b""
    for start in range(0, len(data), 1024):
        sock.sendall(data[start : start + 1024])
        while len(answer) < min(start + 1024, len(data)):
            chunk = sock.recv(4096)
            if not chunk:
                raise EOFError(f"the stream ended after {len(answer)} of {len(data)} bytes")
            answer += chunk
    return answer
