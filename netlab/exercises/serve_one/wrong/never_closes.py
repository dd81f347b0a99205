"""M14: the connection was never closed.

The client waits for b"", which only your close can bring. `with` closes in every case.
Read again: lesson 20, "First errors, on purpose".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    conn.settimeout(5)
    count = 0
    while data := conn.recv(1024):
        count += len(data)
    conn.sendall(b"%d" % count)
