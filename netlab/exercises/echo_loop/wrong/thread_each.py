"""M48: a thread was started for each client.

That serves them all, but here one thread has to do: `select` waits for all of them together.
Read again: lesson 25, "Ask the kernel".
"""

import threading


def echo_loop(listener):
    while True:
        conn, peer = listener.accept()
        threading.Thread(target=serve, args=[conn], daemon=True).start()


def serve(conn):
    while data := conn.recv(4096):
        conn.sendall(data)
