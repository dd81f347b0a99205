"""M05: everything is sent before anything is read.

When all four buffers are full, the server waits for you, and you wait for it. Read in between.
Read again: lesson 16, "Two writers".
"""


def shout(sock, data):
    sock.sendall(data)
    answer = b""
    while len(answer) < len(data):
        chunk = sock.recv(4096)
        if not chunk:
            raise EOFError
        answer += chunk
    return answer
