import socket
from urllib.parse import urljoin, urlsplit


def ask(url, method, body):
    parts = urlsplit(url)
    target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    lines = [f"{method} {target} HTTP/1.1", f"Host: {parts.netloc}", "Connection: close"]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as sock:
        sock.sendall("\r\n".join([*lines, "", ""]).encode() + (body or b""))
        sock.shutdown(socket.SHUT_WR)
        with sock.makefile("rb") as stream:
            data = stream.read()
    head, _, page = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines)
    return int(first.split(" ")[1]), fields.get("Location"), page


def follow(url, method="GET", body=None):
    status, where, page = ask(url, method, body)
    followed = 0
    while status in (301, 302, 303, 307, 308) and where is not None:
        if followed == 5:
            raise ValueError("a circle?")
        followed += 1
        url = urljoin(url, where)
        if status == 303 and method != "HEAD":
            method, body = "GET", None
        status, where, page = ask(url, method, body)
    return status, page
