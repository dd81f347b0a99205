"""M14: an error on the way leaves the connection open.

close() stands behind the line that raises, and is never reached. `with` closes in every case.
Read again: lesson 20, "A server program, taken from an article".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    conn.settimeout(5)
    count = 0
    while data := conn.recv(1024):
        count += len(data)
    conn.sendall(b"%d" % count)
    conn.close()
