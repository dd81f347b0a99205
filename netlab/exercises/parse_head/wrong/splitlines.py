"""M45: splitlines knows more line ends than HTTP does.

In text it also cuts at the byte 85, and at \\r alone. A line of HTTP ends with \\r\\n.
Read again: lesson 31, "Say hello to a server".
"""

import re

TOKEN = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"


def parse_head(data):
    head, end, rest = data.decode("iso-8859-1").partition("\r\n\r\n")
    if not end:
        raise ValueError("the head has no empty line at its end")
    first, *lines = head.splitlines()
    if not re.fullmatch(TOKEN + r" \S+ HTTP/[0-9]\.[0-9]", first):
        raise ValueError(f"not a request line: {first!r}")
    method, target, version = first.split(" ")
    fields = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not re.fullmatch(TOKEN, name):
            raise ValueError(f"not a field: {line!r}")
        if re.search(r"[\r\n\0]", value):
            raise ValueError(f"not a value: {value!r}")
        name, value = name.lower(), value.strip(" \t")
        if name == "host" and name in fields:
            raise ValueError("a second Host")
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    if version == "HTTP/1.1" and "host" not in fields:
        raise ValueError("no Host")
    return method, target, version, fields
