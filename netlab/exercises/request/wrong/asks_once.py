"""M32: the question was sent only once.

Any datagram may be lost: the question, too. When the wait is over, send it again.
Read again: lesson 14, "A reader that sleeps".
"""

import time


def request(sock, number, question):
    mine = b"%d" % number
    for patience in (15,):
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
