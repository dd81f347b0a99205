"""M52: a reply that begins with the same digits was taken for this one's.

70 begins with 7. Compare the whole number, up to the space.
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
            if data.startswith(mine) and blank:
                return answer
    raise TimeoutError(f"no reply to {number}")
