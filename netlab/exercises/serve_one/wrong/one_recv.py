"""M01: one recv was taken for the whole request.

The rest stays unread, and close answers it with a reset. Receive until the stream has ended.
Read again: lesson 20, "A server program, taken from an article".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        data = conn.recv(1024)
        conn.sendall(b"%d" % len(data))
