"""M06: b"" was taken for "nothing yet".

The stream has ended, and every further recv says so at once. Raise EOFError.
Read again: lesson 16, "Half a goodbye".
"""


def shout(sock, data):
    answer = b""
    for start in range(0, len(data), 1024):
        sock.sendall(data[start : start + 1024])
        while len(answer) < min(start + 1024, len(data)):
            answer += sock.recv(4096)
    return answer
