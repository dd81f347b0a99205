"""M36: a strange datagram was taken for the end of the wait.

It says nothing about your question. Go on waiting for the rest of the time.
Read again: lesson 14, "The same socket receives".
"""

import time


def request(sock, number, question):
    mine = b"%d" % number
    for patience in (1, 2, 4, 8):
        sock.send(mine + b" " + question)
        end = time.monotonic() + patience
        while (left := end - time.monotonic()) > 0:
            sock.settimeout(left)
            try:
                data = sock.recv(65536)
            except TimeoutError:
                break
            head, blank, answer = data.partition(b" ")
            if head == mine and blank:
                return answer
            break
    raise TimeoutError(f"no reply to {number}")
