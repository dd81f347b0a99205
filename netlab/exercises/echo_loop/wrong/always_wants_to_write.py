"""M56: EVENT_WRITE was asked for with nothing to write.

A socket with room is always ready, so select returns at once and the loop spins.
Read again: lesson 25, "Writing can wait, too".
"""

import selectors


def echo_loop(listener):
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, events in selector.select():
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
            if interest:
                interest |= selectors.EVENT_WRITE
            if interest:
                selector.modify(conn, interest, rest)
            else:
                selector.unregister(conn)
                conn.close()
