"""M16: a silent client was trusted to say something at last.

recv without a timeout waits for ever. accept's socket has none of its own: settimeout(5).
Read again: lesson 20, "They talk".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        count = 0
        while data := conn.recv(1024):
            count += len(data)
        conn.sendall(b"%d" % count)
