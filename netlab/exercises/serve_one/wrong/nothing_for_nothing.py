"""M06: a first b"" was taken for no request at all.

A client that ends at once has asked, too: it sent 0 bytes, and waits for the answer.
Read again: lesson 20, "They talk".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        count = 0
        while data := conn.recv(1024):
            count += len(data)
        if count:
            conn.sendall(b"%d" % count)
