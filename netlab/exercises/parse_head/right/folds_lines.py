import re
import string

TOKEN = set(string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~")


def parse_head(data):
    text = re.sub(r"\r(?!\n)|\0", " ", data.decode("latin-1")).replace("\r\n", "\n")
    head, end, _ = text.partition("\n\n")
    if end == "":
        raise ValueError("half a head")
    first, _, rest = head.partition("\n")
    if rest[:1] in (" ", "\t") and rest:
        raise ValueError("white space before the first field")
    rest = re.sub(r"[ \t]*\n[ \t]+", " ", rest)
    method, target, version = first.split(" ")
    if set(method) - TOKEN or not method or not target:
        raise ValueError(first)
    if not re.match(r"HTTP/[0-9]\.[0-9]\Z", version):
        raise ValueError(version)
    fields = {}
    for line in rest.split("\n") if rest else []:
        name, value = line.split(":", 1)
        if not name or set(name) - TOKEN:
            raise ValueError(line)
        fields.setdefault(name.lower(), []).append(value.strip("\t "))
    if len(fields.get("host", "1" if version != "HTTP/1.1" else "")) != 1:
        raise ValueError("Host")
    return method, target, version, {name: ", ".join(all) for name, all in fields.items()}
