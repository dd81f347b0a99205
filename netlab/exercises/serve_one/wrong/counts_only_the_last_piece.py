"""M01: the last recv was taken for the whole request.

Each recv brings the next part of it. Add up all of them.
Read again: lesson 20, "A pair of datagrams".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        count = 0
        while data := conn.recv(1024):
            count = len(data)
        conn.sendall(b"%d" % count)
