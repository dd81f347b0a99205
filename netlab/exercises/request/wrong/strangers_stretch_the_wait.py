"""M36: each strange datagram began the wait anew.

Then a talkative stranger can hold you for ever. Work out when the wait ends, before it begins.
Read again: lesson 14, "The same socket receives".
"""

import time


def request(sock, number, question):
    mine = b"%d" % number
    for patience in (1, 2, 4, 8):
        sock.send(mine + b" " + question)
        end = time.monotonic() + patience
        while time.monotonic() <= end + 1e9:
            sock.settimeout(patience)
            try:
                data = sock.recv(65536)
            except TimeoutError:
                break
            head, blank, answer = data.partition(b" ")
            if head == mine and blank:
                return answer
    raise TimeoutError(f"no reply to {number}")
