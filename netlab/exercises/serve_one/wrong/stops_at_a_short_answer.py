"""M39: it stopped reading before the client had ended.

recv returns what is there, and more may come. Only b"" says that the client has ended.
Read again: lesson 20, "They talk".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        count = 0
        while True:
            data = conn.recv(1024)
            count += len(data)
            if len(data) < 1024:
                break
        conn.sendall(b"%d" % count)
