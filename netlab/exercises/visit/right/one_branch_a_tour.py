import socket


def visit(address, states):
    sock = socket.socket()
    try:
        sock.connect(address)
    except OSError:
        sock.close()
        return sock
    match states[2:]:
        case ["CLOSE-WAIT"]:
            sock.send(b"bye\n")
        case ["CLOSE-WAIT", "LAST-ACK", "CLOSED"]:
            sock.send(b"bye\n")
            assert sock.recv(10) == b""
            sock.shutdown(socket.SHUT_RDWR)
            sock.close()
        case ["FIN-WAIT-1", *_]:
            sock.shutdown(socket.SHUT_WR)
            sock.recv(10)
            sock.close()
        case ["CLOSED"]:
            sock.sendall(b"x\n")
            sock.recv(1)
            sock.close()
    return sock
