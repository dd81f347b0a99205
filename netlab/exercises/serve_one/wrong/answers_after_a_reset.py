"""M16: a reset was taken for an orderly end.

ConnectionResetError says that the connection is dead. Let it pass: do not catch it here.
Read again: lesson 20, "A server program, taken from an article".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        count = 0
        try:
            while data := conn.recv(1024):
                count += len(data)
        except ConnectionResetError:
            pass
        conn.sendall(b"%d" % count)
