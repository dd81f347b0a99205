"""Rules about code cells: plain Python, short, and nothing that leaves this machine or differs by run."""

import ast
import io
import re
import sys
import tokenize

from lessons import tags

LINES, SHORT_LINES, SHORT_SHARE = 15, 6, 0.9
CELLS, START_CELLS = (20, 35), (12, 35)
NETLAB_NAMES = 20
BANNED = {
    "interact": "nbval does not follow it: use observe and HTML.value",
    "interactive_output": "nbval does not follow it: use observe and HTML.value",
    "clear_output": "nbval does not follow it: show one final output",
    "Output": "`with out:` swallows exceptions: write to HTML.value or Image.value",
    "input": "nobody answers while CI runs it: set a variable in the cell",
    "sleep": "wait for the event itself, with a timeout",
}


def cells_are_plain_python(lesson):
    complaints = []
    for n, cell in lesson.code:
        magic = next((line for line in cell.source.splitlines() if re.match(r"\s*[%!]", line)), None)
        if magic:
            complaints.append(lesson.complain(n, "no magics", repr(magic), "write it in Python"))
        elif _tree(cell) is None:
            complaints.append(lesson.complain(n, "Python", "a syntax error", "mend it"))
    return complaints


def no_trailing_semicolon(lesson):
    """nbval shows the value all the same."""
    return [
        lesson.complain(n, "no ; at the end of a line", repr(line.strip()), "assign the value to _ instead")
        for n, cell in lesson.code for line in _semicolon_lines(cell.source)
    ]


def no_banned_calls(lesson):
    return [
        lesson.complain(n, f"no {name}", name, BANNED[name])
        for n, cell in lesson.code for name in sorted(_names(cell) & set(BANNED))
    ]


def no_localhost(lesson):
    """localhost may mean ::1 first, and then costs a second on Windows."""
    return [
        lesson.complain(n, "127.0.0.1", "localhost", "write the address, or tag the cell names")
        for n, cell in lesson.code if "localhost" in cell.source.lower() and "names" not in tags(cell)
    ]


def no_fixed_ports(lesson):
    complaints = []
    for n, cell in lesson.code:
        for port in _fixed_ports(cell):
            complaints.append(lesson.complain(n, "a port the system chose", port, "bind port 0 and use .address"))
    return complaints


def only_this_machine(lesson):
    """Lessons must run without a network: cells tagged names may ask about other names."""
    return [
        lesson.complain(n, "hosts on this machine only", host, "use a netlab server")
        for n, cell in lesson.code if "names" not in tags(cell)
        for host in _hosts(cell) if not re.fullmatch(r"(127\.[\d.]+|\[?::1\]?|0\.0\.0\.0|localhost|)", host)
    ]


def imports_are_netlab_or_standard(lesson):
    return [
        lesson.complain(n, "imports from netlab and the standard library", module, "wrap it in netlab")
        for n, cell in lesson.code for module in sorted(_imports(cell))
        if module.partition(".")[0] not in sys.stdlib_module_names | {"netlab"}
    ]


def cells_are_short(lesson):
    # blank lines cost a reader nothing
    sizes = [(n, sum(bool(line.strip()) for line in cell.source.splitlines())) for n, cell in lesson.code]
    complaints = [lesson.complain(n, f"at most {LINES} lines", f"{size}", "split the cell, or move plumbing to netlab")
                  for n, size in sizes if size > LINES]
    short = sum(size <= SHORT_LINES for _, size in sizes)
    if sizes and short < SHORT_SHARE * len(sizes):
        complaints.append(lesson.complain(None, f"{SHORT_SHARE:.0%} of code cells within {SHORT_LINES} lines",
                                          f"{short} of {len(sizes)}", "split the longer ones"))
    return complaints


def enough_cells(lesson):
    low, high = START_CELLS if lesson.is_start else CELLS
    if low <= len(lesson.code) <= high:
        return []
    return [lesson.complain(None, f"{low} to {high} code cells", f"{len(lesson.code)}", "split or join steps")]


def few_netlab_names(lessons):
    """Over all lessons together: a small vocabulary is a promise."""
    names = sorted(set().union(*(_netlab_names(cell) for lesson in lessons for _, cell in lesson.code)))
    if len(names) <= NETLAB_NAMES:
        return []
    return [f"all lessons: expected at most {NETLAB_NAMES} names from netlab; came {len(names)} "
            f"({', '.join(names)}); do without some"]


def _tree(cell):
    try:
        return compile(cell.source, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError:
        return None


def _nodes(cell, *kinds):
    tree = _tree(cell)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)] if tree else []


def _names(cell):
    return ({node.id for node in _nodes(cell, ast.Name)} | {node.attr for node in _nodes(cell, ast.Attribute)}
            | {alias.name for node in _nodes(cell, ast.ImportFrom) for alias in node.names})


def _semicolon_lines(source):
    try:
        tokens = [t for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type != tokenize.COMMENT]
    except (tokenize.TokenError, SyntaxError):
        return []
    ends = (tokenize.NEWLINE, tokenize.ENDMARKER)
    return [a.line for a, b in zip(tokens, tokens[1:], strict=False) if a.string == ";" and b.type in ends]


def _imports(cell):
    plain = {alias.name for node in _nodes(cell, ast.Import) for alias in node.names}
    return plain | {node.module or "." for node in _nodes(cell, ast.ImportFrom)}


def _netlab_names(cell):
    taken = {alias.name for node in _nodes(cell, ast.ImportFrom)
             if (node.module or "").partition(".")[0] == "netlab" for alias in node.names}
    return taken | {node.attr for node in _nodes(cell, ast.Attribute)
                    if isinstance(node.value, ast.Name) and node.value.id == "netlab"}


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
    return [node.elts for node in _nodes(cell, ast.Tuple)
            if len(node.elts) >= 2 and _looks_like_host(_text(node.elts[0]))]


def _fixed_ports(cell):
    yield from (f"port {pair[1].value}" for pair in _pairs(cell) if _is_port(pair[1]))
    yield from (f"port={node.value.value}" for node in _nodes(cell, ast.keyword)
                if node.arg == "port" and _is_port(node.value))
    for node in _nodes(cell, ast.Assign):
        if _is_port(node.value) and any("port" in getattr(t, "id", "").lower() for t in node.targets):
            yield f"port {node.value.value}"
    for node in _nodes(cell, ast.Constant):
        if found := re.search(r"(?:://[\w.-]+|127\.0\.0\.1|localhost):[1-9]\d*", str(node.value)):
            yield found[0]


def _hosts(cell):
    yield from (_text(pair[0]) for pair in _pairs(cell) if not isinstance(pair[1], ast.Tuple))
    for node in _nodes(cell, ast.Constant):
        if isinstance(node.value, str):
            yield from re.findall(r"https?://([\w.-]+)", node.value)
    for node in _nodes(cell, ast.Call):
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called in ("gethostbyname", "getaddrinfo", "HTTPConnection", "HTTPSConnection") and node.args:
            yield _text(node.args[0]) or ""


RULES = [
    cells_are_plain_python, no_trailing_semicolon, no_banned_calls, no_localhost, no_fixed_ports,
    only_this_machine, imports_are_netlab_or_standard, cells_are_short, enough_cells,
]
