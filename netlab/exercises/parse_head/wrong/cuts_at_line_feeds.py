"""M45: \\n was taken for the whole line end.

A line ends with \\r\\n. Cut at \\n alone, the \\r stays at the end of the version and the values.
Read again: lesson 31, "Say hello to a server".
"""

import re

TOKEN = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"


def parse_head(data):
    head, end, rest = data.decode("iso-8859-1").partition("\n\r\n")
    if not end:
        raise ValueError("the head has no empty line at its end")
    first, *lines = head.split("\n")
    if not re.fullmatch(TOKEN + r" \S+ HTTP/[0-9]\.[0-9]\s*", first):
        raise ValueError(f"not a request line: {first!r}")
    method, target, version = first.split(" ")
    fields = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not re.fullmatch(TOKEN, name):
            raise ValueError(f"not a field: {line!r}")
        if "\0" in value:
            raise ValueError(f"not a value: {value!r}")
        name, value = name.lower(), value.strip(" \t")
        if name == "host" and name in fields:
            raise ValueError("a second Host")
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    if version[:8] == "HTTP/1.1" and "host" not in fields:
        raise ValueError("no Host")
    return method, target, version, fields
