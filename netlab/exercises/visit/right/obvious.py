import socket
import struct


def visit(address, states):
    sock = socket.socket()
    sock.settimeout(5)
    if "ESTABLISHED" not in states:
        try:
            sock.connect(address)
        except ConnectionRefusedError:
            return sock
    sock.connect(address)
    if "CLOSE-WAIT" in states:
        sock.sendall(b"bye\n")
        while sock.recv(100):
            pass
    if "FIN-WAIT-1" in states or "LAST-ACK" in states:
        sock.close()
    elif states[-1] == "CLOSED":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
    return sock
