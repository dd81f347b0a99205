"""M02: each recv was answered, as if it were a request of its own.

A stream has no edges: one request may come in many pieces. Answer once, after its end.
Read again: lesson 20, "A pair of datagrams".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        data = conn.recv(1024)
        conn.sendall(b"%d" % len(data))
        while data := conn.recv(1024):
            conn.sendall(b"%d" % len(data))
