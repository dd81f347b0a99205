"""M52: the first datagram that came was taken for the reply.

It may be a late reply to an earlier question. Compare its number with yours.
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
            if blank:
                return answer
    raise TimeoutError(f"no reply to {number}")
