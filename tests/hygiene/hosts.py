"""Rules about addresses: nothing leaves this machine, and no port is chosen by hand."""

import ast
import re

from lessons import tags

from tests.hygiene import nodes


def no_localhost(lesson):
    """localhost may mean ::1 first, and then costs a second on Windows."""
    return [
        lesson.complain(n, "127.0.0.1", "localhost", "write the address, or tag the cell names")
        for n, cell in lesson.code
        if "localhost" in cell.source.lower() and "names" not in tags(cell)
    ]


def no_fixed_ports(lesson):
    complaints = []
    for n, cell in lesson.code:
        for port in _fixed_ports(cell):
            complaints.append(
                lesson.complain(n, "a port the system chose", port, "bind port 0 and use .address")
            )
    return complaints


def only_this_machine(lesson):
    """Lessons must run without a network: cells tagged names may ask about other names."""
    return [
        lesson.complain(n, "hosts on this machine only", host, "use a netlab server")
        for n, cell in lesson.code
        if "names" not in tags(cell)
        for host in _hosts(cell)
        if not re.fullmatch(r"(127\.[\d.]+|\[?::1\]?|0\.0\.0\.0|localhost|)", host)
    ]


def _is_port(node):
    return isinstance(node, ast.Constant) and type(node.value) is int and 0 < node.value < 65536


def _text(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _looks_like_host(text):
    """A name with a dot, or an address; not index.html."""
    if text is None or re.search(r"\.(html|txt|json|css|js|png|py)$", text):
        return False
    return re.fullmatch(r"|localhost|[\w-]+(\.[\w-]+)+|[0-9a-f:]*:[0-9a-f:]*", text, re.I)


def _pairs(cell):
    """(host, port) tuples, as socket calls take them."""
    return [
        node.elts
        for node in nodes(cell, ast.Tuple)
        if len(node.elts) >= 2 and _looks_like_host(_text(node.elts[0]))
    ]


def _fixed_ports(cell):
    yield from (f"port {pair[1].value}" for pair in _pairs(cell) if _is_port(pair[1]))
    for call in nodes(cell, ast.Call):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        called = getattr(call.func, "attr", "")  # net.sockets(port=7000) asks, and binds nothing
        on_host = isinstance(given.get("host"), ast.Name)  # on a network's host all are free
        if _is_port(given.get("port")) and not (on_host or called == "sockets"):
            yield f"port={given['port'].value}"
    for node in nodes(cell, ast.Assign):
        if _is_port(node.value) and any(
            "port" in getattr(t, "id", "").lower() for t in node.targets
        ):
            yield f"port {node.value.value}"
    for node in nodes(cell, ast.Constant):
        if found := re.search(r"(?:://[\w.-]+|127\.0\.0\.1|localhost):[1-9]\d*", str(node.value)):
            yield found[0]


def _hosts(cell):
    yield from (_text(pair[0]) for pair in _pairs(cell) if not isinstance(pair[1], ast.Tuple))
    for node in nodes(cell, ast.Constant):
        if isinstance(node.value, str):
            yield from re.findall(r"https?://([\w.-]+)", node.value)
    for node in nodes(cell, ast.Call):
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if (
            called in ("gethostbyname", "getaddrinfo", "HTTPConnection", "HTTPSConnection")
            and node.args
        ):
            yield _text(node.args[0]) or ""


RULES = [no_localhost, no_fixed_ports, only_this_machine]
