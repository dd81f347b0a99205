"""M09: bytes behind the head were received with it, and bytes of the next reply with those.

What is received is gone from the stream. Read the head byte by byte, or peek.
Read again: lesson 31, "Stateless is not forgetful".
"""

import re


def read_response(sock, method):
    stream = sock.makefile("rb")
    status_line = line(stream)
    if not re.match(r"HTTP/1\.[0-9] [0-9]{3} ", status_line):
        raise ValueError(status_line)
    status, fields = int(status_line.split(" ")[1]), {}
    while text := line(stream):
        name, value = text.split(":", 1)
        name, value = name.lower(), value.strip()
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    if method == "HEAD" or status in (204, 304):
        return status, fields, b""
    if fields.get("transfer-encoding", "").lower() == "chunked":
        body = b""
        while size := number(line(stream).partition(";")[0], "0-9a-fA-F", 16):
            body += exactly(stream, size)
            if line(stream) != "":
                raise ValueError("a chunk is longer than its size")
        while line(stream):
            pass
        return status, fields, body
    if "content-length" in fields:
        return status, fields, exactly(stream, number(fields["content-length"], "0-9", 10))
    return status, fields, stream.read()


def number(text, digits, base):
    if not re.fullmatch(f"[{digits}]+", text):
        raise ValueError(text)
    return int(text, base)


def line(stream):
    text = stream.readline()
    if not text.endswith(b"\n"):
        raise EOFError("the stream ended inside a line")
    return text.decode("latin-1").rstrip("\r\n")


def exactly(stream, n):
    data = stream.read(n)
    if len(data) < n:
        raise EOFError("the stream ended inside the body")
    return data
