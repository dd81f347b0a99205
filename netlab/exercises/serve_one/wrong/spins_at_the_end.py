"""M06: b"" did not end the reading.

b"" means that the client has ended: every later recv returns b"" too, and the loop spins.
Read again: lesson 20, "They talk".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        count = 0
        while True:
            data = conn.recv(1024)
            if not data:
                continue
            count += len(data)
        conn.sendall(b"%d" % count)
