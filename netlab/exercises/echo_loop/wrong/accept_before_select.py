"""M54: accept was called before anybody had called.

It waits, and the clients that are there already wait with it. Register the listener, too.
Read again: lesson 25, "One thread for all".
"""

import selectors


def echo_loop(listener):
    selector = selectors.DefaultSelector()
    while True:
        conn, peer = listener.accept()
        selector.register(conn, selectors.EVENT_READ)
        for key, _ in selector.select(timeout=0):
            key.fileobj.sendall(key.fileobj.recv(4096))
