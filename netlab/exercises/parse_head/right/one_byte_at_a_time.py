LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
TOKEN = LETTERS + b"0123456789!#$%&'*+-.^_`|~"


class Refused(ValueError):
    pass


def parse_head(data):
    lines, line = [], bytearray()
    for byte in data:
        if byte == 0:
            raise Refused("zero")
        line.append(byte)
        if byte == 10:
            if line[-2:-1] == b"\r":
                del line[-2:]
            else:
                del line[-1:]
            if 13 in line:
                raise Refused("a carriage return")
            if not line:
                break
            lines.append(bytes(line))
            line.clear()
    else:
        raise Refused("no end")
    if not lines:
        raise Refused("nothing")
    words = lines[0].split(b" ")
    if len(words) != 3 or not all(words) or not is_token(words[0]):
        raise Refused(lines[0])
    version = words[2]
    if version[:5] != b"HTTP/" or len(version) != 8 or version[6:7] != b".":
        raise Refused(version)
    if not (version[5:6].isdigit() and version[7:8].isdigit()):
        raise Refused(version)
    fields = {}
    for line in lines[1:]:
        at = line.find(b":")
        if at < 1 or not is_token(line[:at]):
            raise Refused(line)
        name = line[:at].lower().decode()
        fields.setdefault(name, []).append(line[at + 1 :].strip(b" \t").decode("latin-1"))
    hosts = len(fields.get("host", []))
    if hosts > 1 or (hosts == 0 and version == b"HTTP/1.1"):
        raise Refused(hosts)
    joined = {name: ", ".join(values) for name, values in fields.items()}
    return words[0].decode(), words[1].decode("latin-1"), version.decode(), joined


def is_token(word):
    return bool(word) and all(byte in TOKEN for byte in word)
