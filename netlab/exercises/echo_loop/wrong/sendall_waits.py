"""M55: a send waits for a client that does not read, and everybody waits with it.

Use `setblocking(False)` and `send`, and keep what it did not take until there is room.
Read again: lesson 25, "Writing can wait, too".
"""

import selectors


def echo_loop(listener):
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            conn = key.fileobj
            if conn is listener:
                selector.register(listener.accept()[0], selectors.EVENT_READ)
                continue
            try:
                data = conn.recv(4096)
                conn.sendall(data)
            except ConnectionError:
                data = b""
            if not data:
                selector.unregister(conn)
                conn.close()
