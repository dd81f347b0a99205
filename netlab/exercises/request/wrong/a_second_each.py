"""M36: each wait was one second.

A path that is slow or full needs more time, not more questions. Double the wait each time.
Read again: lesson 14, "Losses come together".
"""

import time


def request(sock, number, question):
    mine = b"%d" % number
    for patience in (1, 1, 1, 1):
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
