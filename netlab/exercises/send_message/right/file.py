import struct


def send_message(sock, data):
    with sock.makefile("wb") as stream:
        stream.write(struct.pack("!I", len(data)))
        stream.write(data)
