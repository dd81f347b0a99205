"""M06: an empty answer was taken for none.

The number and the space are there: it is a reply, and it says nothing.
Read again: lesson 14, "A datagram has edges".
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
            if head == mine and answer:
                return answer
    raise TimeoutError(f"no reply to {number}")
