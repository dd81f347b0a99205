"""M54: one member is heard until it leaves, and all the others wait.

Watch the listener and all members with one selector, and read from whoever is ready.
Read again: lesson 25, "One at a time".
"""


def chat_loop(listener):
    members = []
    while True:
        conn, peer = listener.accept()
        members.append(conn)
        while data := conn.recv(4096):
            for other in members:
                if other is not conn:
                    other.sendall(data)
