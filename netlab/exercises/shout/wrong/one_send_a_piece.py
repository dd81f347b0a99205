"""M04: send was taken to send everything.

When the buffers are nearly full, it takes a part, and returns how much. Send the rest later.
Read again: lesson 16, "Two writers".
"""


def shout(sock, data):
    sock.setblocking(False)
    answer = b""
    for start in range(0, len(data), 3000):
        try:
            sock.send(data[start : start + 3000])
        except BlockingIOError:
            pass
        try:
            answer += sock.recv(1024)
        except BlockingIOError:
            pass
    sock.setblocking(True)
    while len(answer) < len(data):
        chunk = sock.recv(4096)
        if not chunk:
            raise EOFError
        answer += chunk
    return answer
