"""M04: send was taken to send everything.

It returns how much was taken. The rest is yours to keep until there is room.
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
                    conn.send(rest)
                    rest.clear()
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
