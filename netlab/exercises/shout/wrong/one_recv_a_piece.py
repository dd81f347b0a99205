"""M01: one recv was taken for the whole answer to a piece.

The rest of it stays behind, and in the end some is missing. Count the bytes of the answer.
Read again: lesson 16, "Two writers".
"""


def shout(sock, data):
    answer = b""
    for start in range(0, len(data), 1024):
        sock.sendall(data[start : start + 1024])
        chunk = sock.recv(1024)
        if not chunk:
            raise EOFError
        answer += chunk
    return answer
