import re

LINE = re.compile(rb"([!#-'*+.^_`|~0-9A-Za-z-]+) ([^ \r\n]+) (HTTP/\d\.\d)\r?\n")
FIELD = re.compile(rb"([!#-'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*?)[ \t]*\r?\n")


def parse_head(data):
    found = LINE.match(data)
    if found is None:
        raise ValueError("the request line")
    words = [word.decode("latin-1") for word in found.groups()]
    pairs, at = [], found.end()
    while found := FIELD.match(data, at):
        name, value = found.groups()
        pairs.append((name.decode("ascii").lower(), value.decode("latin-1")))
        at = found.end()
    if not re.match(rb"\r?\n", data[at:]):
        raise ValueError(f"a broken field at byte {at}")
    names = [name for name, value in pairs]
    if names.count("host") > 1 or (words[2] == "HTTP/1.1" and "host" not in names):
        raise ValueError("one Host is needed")
    fields = {name: ", ".join(v for n, v in pairs if n == name) for name in names}
    return *words, fields
