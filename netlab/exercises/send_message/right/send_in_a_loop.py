import struct


def send_message(sock, data):
    rest = memoryview(struct.pack(">L", len(data)) + data)
    while rest:
        rest = rest[sock.send(rest) :]
