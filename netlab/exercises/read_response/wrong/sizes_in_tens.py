"""M12: a chunk's size was read as a decimal number.

It is written in hexadecimal: b is 11, and 10 is 16.
Read again: lesson 31, "Where does the body end?".
"""

import re


def read_line(sock):
    line = b""
    while not line.endswith(b"\r\n"):
        byte = sock.recv(1)
        if byte == b"":
            raise EOFError("the stream ended inside a line")
        line += byte
    return line[:-2].decode("iso-8859-1")


def read_exactly(sock, n):
    data = b""
    while len(data) < n:
        chunk = sock.recv(n - len(data))
        if chunk == b"":
            raise EOFError(f"the stream ended after {len(data)} of {n} bytes")
        data += chunk
    return data


def number(text, digits, base):
    if not re.fullmatch(f"[{digits}]+", text):
        raise ValueError(f"not a number: {text!r}")
    return int(text, base)


def read_fields(sock):
    fields = {}
    while line := read_line(sock):
        name, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"not a field: {line!r}")
        name, value = name.lower(), value.strip(" \t")
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    return fields


def read_chunks(sock):
    body = b""
    while True:
        size = number(read_line(sock).partition(";")[0], "0-9", 10)
        if size == 0:
            break
        body += read_exactly(sock, size)
        if read_line(sock) != "":
            raise ValueError("a chunk is longer than its size")
    read_fields(sock)
    return body


def read_body(sock, fields):
    if fields.get("transfer-encoding", "").lower() == "chunked":
        return read_chunks(sock)
    if "content-length" in fields:
        return read_exactly(sock, number(fields["content-length"], "0-9", 10))
    body = b""
    while chunk := sock.recv(4096):
        body += chunk
    return body


def read_response(sock, method):
    line = read_line(sock)
    if not re.match(r"HTTP/1\.[0-9] [0-9]{3} ", line):
        raise ValueError(f"not a status line: {line!r}")
    status = int(line.split(" ")[1])
    fields = read_fields(sock)
    if method == "HEAD" or status in (204, 304):
        return status, fields, b""
    return status, fields, read_body(sock, fields)
