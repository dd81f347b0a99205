import re
import socket


def read_response(sock, method):
    head = until(sock, b"\r\n\r\n").decode("latin-1")
    found = re.match(r"HTTP/\d\.\d (\d\d\d) [^\r]*\r\n", head)
    if not found:
        raise ValueError(head)
    status, fields = int(found[1]), {}
    for name, value in re.findall(r"([^:\r\n]+):[ \t]*(.*?)[ \t]*\r\n", head[found.end() :]):
        old = fields.get(name.lower())
        fields[name.lower()] = value if old is None else old + ", " + value
    if method == "HEAD" or status // 100 == 1 or status in [204, 304]:
        return status, fields, b""
    body = b""
    if re.search("chunked$", fields.get("transfer-encoding", ""), re.IGNORECASE):
        while True:
            size = re.fullmatch(rb"([\da-fA-F]+)(;.*)?\r\n", until(sock, b"\r\n"))
            if size is None:
                raise ValueError("a chunk's size")
            n = int(size[1], 16)
            if n == 0:
                while until(sock, b"\r\n") != b"\r\n":
                    pass
                return status, fields, body
            chunk = exactly(sock, n + 2)
            if chunk[-2:] != b"\r\n":
                raise ValueError("a chunk's end")
            body += chunk[:-2]
    if "content-length" in fields:
        if not re.fullmatch("[0-9]+", fields["content-length"]):
            raise ValueError("a length")
        return status, fields, exactly(sock, int(fields["content-length"]))
    while True:
        more = sock.recv(999)
        if more == b"":
            return status, fields, body
        body += more


def until(sock, mark):
    """Look first, and take only as much as belongs to it."""
    data = b""
    while True:
        seen = sock.recv(4096, socket.MSG_PEEK)
        if not seen:
            raise EOFError(data)
        at = (data + seen).find(mark)
        if at >= 0:
            return data + exactly(sock, at + len(mark) - len(data))
        data += exactly(sock, len(seen))


def exactly(sock, n):
    data = b""
    while len(data) < n:
        more = sock.recv(n - len(data))
        if not more:
            raise EOFError(n)
        data += more
    return data
