"""M04: send was taken to send everything.

send hands over what fits and returns how much that was. sendall sends until all is taken.
Read again: lesson 20, "A server program, taken from an article".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        count = 0
        while data := conn.recv(1024):
            count += len(data)
        conn.send(b"%d" % count)
