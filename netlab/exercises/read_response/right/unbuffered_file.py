def read_response(sock, method):
    with sock.makefile("rb", buffering=0) as stream:
        version, status, *words = line(stream).split(b" ", 2)
        if not version.startswith(b"HTTP/"):
            raise ValueError(version)
        status = int(status)
        fields = {}
        while field := line(stream):
            name, value = field.decode("latin-1").split(":", 1)
            fields.setdefault(name.lower(), []).append(value.strip())
        fields = {name: ", ".join(values) for name, values in fields.items()}
        body = b""
        if method == "HEAD" or status < 200 or status in (204, 304):
            return status, fields, body
        if "chunked" in fields.get("transfer-encoding", "").lower():
            while size := digits(line(stream).split(b";")[0].decode(), 16):
                body += exactly(stream, size)
                if exactly(stream, 2) != b"\r\n":
                    raise ValueError("no end of a chunk")
            while line(stream):
                pass
        elif "content-length" in fields:
            body = exactly(stream, digits(fields["content-length"], 10))
        else:
            body = stream.readall()
        return status, fields, body


def digits(text, base):
    if not text.isalnum() or text[:2] in ("0x", "0X"):
        raise ValueError(text)
    return int(text, base)


def line(stream):
    text = stream.readline()
    if text[-1:] != b"\n":
        raise EOFError(text)
    return text.rstrip(b"\r\n")


def exactly(stream, n):
    data = bytearray()
    while len(data) < n:
        more = stream.read(n - len(data))
        if not more:
            raise EOFError(n - len(data))
        data += more
    return bytes(data)
