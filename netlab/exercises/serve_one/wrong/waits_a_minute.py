"""M16: it waits longer than it was asked to.

A silent client should cost five seconds at most: set the timeout to 5.
Read again: lesson 20, "They talk".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(60)
        count = 0
        while data := conn.recv(1024):
            count += len(data)
        conn.sendall(b"%d" % count)
