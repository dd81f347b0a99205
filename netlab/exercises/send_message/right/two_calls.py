def send_message(sock, data):
    sock.sendall(len(data).to_bytes(4, "big"))
    sock.sendall(data)
