"""M54: one client is served until it ends, and all the others wait.

Take no client to its end: watch all of them, and give each only what it is ready for.
Read again: lesson 25, "One at a time".
"""


def echo_loop(listener):
    while True:
        conn, peer = listener.accept()
        with conn:
            while data := conn.recv(4096):
                conn.sendall(data)
