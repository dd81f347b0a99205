from socket import AF_INET, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, socket


def greet(address):
    listener = socket(AF_INET, SOCK_STREAM)
    conn = None
    try:
        listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, True)
        listener.bind(tuple(address))
        listener.listen(1)
        conn, peer = listener.accept()
        data = b"hello\n"
        while data:
            data = data[conn.send(data) :]
    finally:
        if conn is not None:
            conn.close()
        listener.close()
