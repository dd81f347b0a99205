import select


def echo_loop(listener):
    listener.setblocking(False)
    reading, owed = [listener], {}
    while True:
        writing = [conn for conn in owed if owed[conn]]
        readable, writable, _ = select.select(reading, writing, [])
        for conn in readable:
            if conn is listener:
                accept_all(listener, reading, owed)
                continue
            try:
                data = conn.recv(65536)
            except ConnectionError:
                data = b""
                owed[conn] = b""
            owed[conn] += data
            if not data:
                reading.remove(conn)
        for conn in writable:
            try:
                owed[conn] = owed[conn][conn.send(owed[conn]) :]
            except BlockingIOError:
                pass
            except ConnectionError:
                owed[conn] = b""
                if conn in reading:
                    reading.remove(conn)
        for conn in [conn for conn in owed if conn not in reading and not owed[conn]]:
            del owed[conn]
            conn.close()


def accept_all(listener, reading, owed):
    while True:
        try:
            conn, peer = listener.accept()
        except BlockingIOError:
            return
        conn.setblocking(False)
        reading.append(conn)
        owed[conn] = b""
