"""M56: what was not sent waits until the client speaks again.

Nobody tells the loop that there is room now. Ask for EVENT_WRITE while something is left.
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
            if interest or rest:
                selector.modify(conn, interest or selectors.EVENT_READ, rest)
            else:
                selector.unregister(conn)
                conn.close()
