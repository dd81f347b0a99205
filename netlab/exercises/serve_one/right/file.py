def serve_one(listener):
    conn = listener.accept()[0]
    conn.settimeout(5)
    with conn, conn.makefile("rwb") as stream:
        request = stream.read()
        stream.write(str(len(request)).encode())
