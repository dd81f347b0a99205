def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        count = 0
        while data := conn.recv(1024):
            count += len(data)
        conn.sendall(b"%d" % count)
