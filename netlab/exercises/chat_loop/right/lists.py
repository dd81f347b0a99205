import select


def chat_loop(listener):
    inboxes, outboxes = {}, {}
    while True:
        writing = [conn for conn, outbox in outboxes.items() if outbox]
        readable, writable, _ = select.select([listener, *inboxes], writing, [])
        dead = set()
        for conn in writable:
            try:
                del outboxes[conn][: conn.send(outboxes[conn])]
            except ConnectionError:
                dead.add(conn)
        for conn in readable:
            if conn is listener:
                conn, peer = listener.accept()
                conn.setblocking(False)
                inboxes[conn], outboxes[conn] = bytearray(), bytearray()
                continue
            try:
                data = conn.recv(65536)
            except ConnectionError:
                data = b""
            if not data:
                dead.add(conn)
            inboxes[conn] += data
            end = inboxes[conn].rfind(b"\n") + 1
            lines = bytes(inboxes[conn][:end])
            del inboxes[conn][:end]
            for other in outboxes:
                if other is not conn:
                    outboxes[other] += lines
        for conn in dead:
            del inboxes[conn], outboxes[conn]
            conn.close()
