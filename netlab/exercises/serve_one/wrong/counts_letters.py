"""M11: letters were counted, not bytes.

'21 °C' has five letters and six bytes. Count what arrives, before it becomes text.
Read again: lesson 20, "First errors, on purpose".
"""


def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        request = b""
        while data := conn.recv(1024):
            request += data
        conn.sendall(b"%d" % len(request.decode()))
