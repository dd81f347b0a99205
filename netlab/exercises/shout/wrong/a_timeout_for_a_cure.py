"""M16: a timeout ended the deadlock, and the talk with it.

It says that you are stuck. What it does not do is empty a buffer: recv does.
Read again: lesson 16, "Two writers".
"""


def shout(sock, data):
    sock.settimeout(5)
    sock.sendall(data)
    answer = b""
    while len(answer) < len(data):
        chunk = sock.recv(4096)
        if not chunk:
            raise EOFError
        answer += chunk
    return answer
