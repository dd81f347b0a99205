"""M22: the listener was closed together with the connection.

They are separate sockets. A closed listener refuses every client after this one.
Read again: lesson 20, "A pair of datagrams".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with listener, conn:
        conn.settimeout(5)
        count = 0
        while data := conn.recv(1024):
            count += len(data)
        conn.sendall(b"%d" % count)
