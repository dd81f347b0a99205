"""M35: each further question went out under a new number.

The late reply to the first is as good, and is now refused. Send the same question again.
Read again: lesson 14, "Losses come together".
"""

import time


def request(sock, number, question):
    for turn, patience in enumerate((1, 2, 4, 8)):
        mine = b"%d" % (number + turn)
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
