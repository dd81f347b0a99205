"""M05: two pieces, each as long as half of the message.

That moves the deadlock to messages of twice the length. A piece must fit, however long they are.
Read again: lesson 16, "Two writers".
"""


def shout(sock, data):
    answer = b""
    half = len(data) // 2
    for piece, until in ((data[:half], half), (data[half:], len(data))):
        sock.sendall(piece)
        while len(answer) < until:
            chunk = sock.recv(4096)
            if not chunk:
                raise EOFError
            answer += chunk
    return answer
