import contextlib


def serve_one(listener):
    conn, _ = listener.accept()
    with contextlib.closing(conn):
        conn.settimeout(2.5)
        buffer, count = bytearray(100), 0
        while got := conn.recv_into(buffer):
            count += got
        for digit in str(count):
            conn.sendall(digit.encode())
