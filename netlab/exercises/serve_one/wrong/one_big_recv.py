"""M03: a recv that asks for enough was taken to get it all.

recv returns what is there, and more may come later. Receive until the stream has ended.
Read again: lesson 20, "A server program, taken from an article".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        data = conn.recv(1_000_000)
        conn.sendall(b"%d" % len(data))
