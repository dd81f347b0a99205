"""M34: recv(16) was taken to leave the rest of a reply for later.

What does not fit is lost. Ask for more than any datagram holds.
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
                data = sock.recv(16)
            except TimeoutError:
                break
            head, blank, answer = data.partition(b" ")
            if head == mine and blank:
                return answer
    raise TimeoutError(f"no reply to {number}")
