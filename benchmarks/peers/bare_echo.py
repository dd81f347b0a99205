"""The least a Python echo server can be: one client at a time, blocking, nothing else."""

import socket

from benchmarks.peers import end_with_the_benchmark

end_with_the_benchmark()
with socket.create_server(("127.0.0.1", 0)) as listener:
    print(listener.getsockname()[1], flush=True)
    while True:
        conn, _ = listener.accept()
        with conn:
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while data := conn.recv(65536):
                conn.sendall(data)
