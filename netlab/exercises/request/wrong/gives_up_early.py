"""M36: it gave up after the third wait.

The plan was four questions and waits of 1, 2, 4 and 8 seconds.
Read again: lesson 14, "Losses come together".
"""

import time


def request(sock, number, question):
    mine = b"%d" % number
    for patience in (1, 2, 4):
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
    raise TimeoutError(f"no reply to {number}")
