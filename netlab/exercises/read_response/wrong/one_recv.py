"""M01: one recv was taken for the whole reply.

Head and body may come in any pieces. Read to the empty line, then as far as the head says.
Read again: lesson 31, "Say hello to a server".
"""


def read_response(sock, method):
    head, _, body = sock.recv(65536).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = {}
    for line in lines:
        name, value = line.split(":", 1)
        fields[name.lower()] = value.strip()
    return int(first.split(" ")[1]), fields, body
