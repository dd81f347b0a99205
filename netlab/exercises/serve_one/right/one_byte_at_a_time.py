import socket


def serve_one(listener):
    listener.settimeout(5)
    conn, address = listener.accept()
    try:
        conn.settimeout(5)
        request = bytearray()
        while True:
            byte = conn.recv(1)
            if byte == b"":
                break
            request += byte
        answer = f"{len(request)}".encode("ascii")
        while answer:
            answer = answer[conn.send(answer) :]
        conn.shutdown(socket.SHUT_WR)
    finally:
        conn.close()
    return address
