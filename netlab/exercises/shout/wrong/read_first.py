"""M07: it reads before it has sent anything.

The server answers what it is sent, so now both wait to be told something. Send a piece first.
Read again: lesson 16, "Two writers".
"""


def shout(sock, data):
    answer = b""
    while len(answer) < len(data):
        chunk = sock.recv(4096)
        if not chunk:
            raise EOFError
        answer += chunk
    sock.sendall(data)
    return answer
