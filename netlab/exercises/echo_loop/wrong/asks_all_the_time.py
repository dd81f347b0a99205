"""M56: the loop asks all the time, and never waits.

With `timeout=0`, select returns at once, and the processor burns. Leave the timeout out.
Read again: lesson 25, "Ask the kernel".
"""

import selectors


def echo_loop(listener):
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, events in selector.select(timeout=0):
            conn, rest = key.fileobj, key.data
            if conn is listener:
                conn, peer = listener.accept()
                conn.setblocking(False)
                selector.register(conn, selectors.EVENT_READ, bytearray())
                continue
            interest = key.events & selectors.EVENT_READ
            try:
                if events & selectors.EVENT_READ:
                    data = conn.recv(4096)
                    rest += data
                    if not data:
                        interest = 0
                if rest:
                    del rest[: conn.send(rest)]
            except BlockingIOError:
                pass
            except ConnectionError:
                interest = 0
                rest.clear()
            if rest:
                interest |= selectors.EVENT_WRITE
            if interest:
                selector.modify(conn, interest, rest)
            else:
                selector.unregister(conn)
                conn.close()
