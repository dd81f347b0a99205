"""M16: it asked for ever.

If nobody is there, nobody will say so. After the fourth wait, raise TimeoutError.
Read again: lesson 14, "Nobody is there".
"""

import itertools
import time


def request(sock, number, question):
    mine = b"%d" % number
    for turn in itertools.count():
        sock.send(mine + b" " + question)
        end = time.monotonic() + 2**turn
        while (left := end - time.monotonic()) > 0:
            sock.settimeout(left)
            try:
                data = sock.recv(65536)
            except TimeoutError:
                break
            head, blank, answer = data.partition(b" ")
            if head == mine and blank:
                return answer
