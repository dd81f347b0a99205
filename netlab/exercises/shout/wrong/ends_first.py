"""M15: the stream was read to its end, which comes only after your own.

The connection stays open: you said no goodbye, so neither does the server. Count the bytes.
Read again: lesson 16, "Two writers".
"""


def shout(sock, data):
    answer = b""
    for start in range(0, len(data), 1024):
        sock.sendall(data[start : start + 1024])
        answer += sock.recv(1024)
    while chunk := sock.recv(4096):
        answer += chunk
    return answer
