import socket


def visit(address, states):
    sock = socket.create_connection(address, timeout=5)
    for state in states:
        if state == "CLOSE-WAIT":
            sock.sendall(b"bye\n")
            sock.recv(1)
        elif state == "FIN-WAIT-1":
            sock.shutdown(socket.SHUT_WR)
        elif state == "LAST-ACK":
            sock.close()
    if states[-2:] == ["ESTABLISHED", "CLOSED"]:
        sock.sendall(b"a line that is answered\n")
        sock.recv(1)
        sock.close()
    return sock
