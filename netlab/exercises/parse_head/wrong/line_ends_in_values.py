"""M45: a value may hold a line end or a zero byte here.

The next reader may see two fields where you saw one. Refuse \\r, \\n and \\0, or make them spaces.
Read again: lesson 31, "Eight small changes".
"""

import re

TOKEN = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"


def parse_head(data):
    head, end, rest = data.decode("iso-8859-1").partition("\r\n\r\n")
    if not end:
        raise ValueError("the head has no empty line at its end")
    first, *lines = head.split("\r\n")
    if not re.fullmatch(TOKEN + r" \S+ HTTP/[0-9]\.[0-9]", first):
        raise ValueError(f"not a request line: {first!r}")
    method, target, version = first.split(" ")
    fields = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not re.fullmatch(TOKEN, name):
            raise ValueError(f"not a field: {line!r}")
        name, value = name.lower(), value.strip(" \t")
        if name == "host" and name in fields:
            raise ValueError("a second Host")
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    if version == "HTTP/1.1" and "host" not in fields:
        raise ValueError("no Host")
    return method, target, version, fields
