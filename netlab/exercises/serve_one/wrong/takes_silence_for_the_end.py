"""M36: silence was taken for the end of the request.

A slow client is not at its end: only b"" says so. Let the TimeoutError pass.
Read again: lesson 20, "They talk".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        count = 0
        try:
            while data := conn.recv(1024):
                count += len(data)
        except TimeoutError:
            pass
        conn.sendall(b"%d" % count)
