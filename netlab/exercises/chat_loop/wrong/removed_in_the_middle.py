"""M57: somebody was removed while the answer of select was still being gone through.

It may name a member that you closed a moment ago. Remove the gone when you are through.
Read again: lesson 25, "The one who vanishes".
"""

import selectors


def chat_loop(listener):
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    inboxes, outboxes = {}, {}

    def drop(conn):
        del inboxes[conn], outboxes[conn]
        selector.unregister(conn)
        conn.close()

    def write(conn):
        try:
            outboxes[conn] = outboxes[conn][conn.send(outboxes[conn]) :]
        except BlockingIOError:
            pass
        except ConnectionError:
            return drop(conn)
        wanted = selectors.EVENT_WRITE if outboxes[conn] else 0
        selector.modify(conn, selectors.EVENT_READ | wanted)

    while True:
        for key, events in selector.select():
            conn = key.fileobj
            if conn is listener:
                conn = listener.accept()[0]
                conn.setblocking(False)
                inboxes[conn], outboxes[conn] = b"", b""
                selector.register(conn, selectors.EVENT_READ)
                continue
            if events & selectors.EVENT_READ:
                try:
                    data = conn.recv(4096)
                except ConnectionError:
                    data = b""
                if not data:
                    drop(conn)
                    continue
                *lines, inboxes[conn] = (inboxes[conn] + data).split(b"\n")
                for other in list(outboxes):
                    if other is not conn and lines:
                        outboxes[other] += b"\n".join([*lines, b""])
                        write(other)
            if events & selectors.EVENT_WRITE:
                write(conn)
