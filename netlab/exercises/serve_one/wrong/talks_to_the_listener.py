"""M22: the listener was taken for the connection.

The listener only hands out connections. accept returns a new socket: talk to that one.
Read again: lesson 20, "The client calls".
"""


def serve_one(listener):
    listener.accept()
    count = 0
    while data := listener.recv(1024):
        count += len(data)
    listener.sendall(b"%d" % count)
