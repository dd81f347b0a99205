"""M12: the number was sent as bytes of the machine.

The other side reads digits: b"%d" % number writes them.
Read again: lesson 14, "The same socket receives".
"""

import time


def request(sock, number, question):
    mine = number.to_bytes(4, "little")
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
            if head == mine and blank:
                return answer
    raise TimeoutError(f"no reply to {number}")
