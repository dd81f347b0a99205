"""M06: half an answer was returned as if it were whole.

The stream ended early. Half a message is no message: raise EOFError.
Read again: lesson 16, "Half a goodbye".
"""


def shout(sock, data):
    answer = b""
    for start in range(0, len(data), 1024):
        sock.sendall(data[start : start + 1024])
        while len(answer) < min(start + 1024, len(data)):
            chunk = sock.recv(4096)
            if not chunk:
                return answer
            answer += chunk
    return answer
