"""Rules about code cells: plain Python, short, and few names to learn."""

import ast
import io
import itertools
import re
import sys
import tokenize

from tests.hygiene import WIDGETS, nodes, tree

LINES, SHORT_LINES, SHORT_SHARE = 15, 6, 0.9
CELLS, START_CELLS = (20, 35), (12, 35)
NETLAB_NAMES = 21
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
        magic = next(
            (line for line in cell.source.splitlines() if re.match(r"\s*[%!]", line)), None
        )
        if magic:
            complaints.append(lesson.complain(n, "no magics", repr(magic), "write it in Python"))
        elif tree(cell) is None:
            complaints.append(lesson.complain(n, "Python", "a syntax error", "mend it"))
    return complaints


def no_trailing_semicolon(lesson):
    """nbval shows the value all the same."""
    return [
        lesson.complain(
            n, "no ; at the end of a line", repr(line.strip()), "assign the value to _ instead"
        )
        for n, cell in lesson.code
        for line in _semicolon_lines(cell.source)
    ]


def no_banned_calls(lesson):
    return [
        lesson.complain(n, f"no {name}", name, BANNED[name])
        for n, cell in lesson.code
        for name in sorted(_names(cell) & set(BANNED))
    ]


def imports_are_netlab_or_standard(lesson):
    return [
        lesson.complain(
            n, "imports from netlab and the standard library", module, "wrap it in netlab"
        )
        for n, cell in lesson.code
        for module in sorted(_imports(cell))
        if module.partition(".")[0] not in sys.stdlib_module_names | {"netlab"}
    ]


def cells_are_short(lesson):
    # blank lines cost a reader nothing
    sizes = [
        (n, sum(bool(line.strip()) for line in cell.source.splitlines()))
        for n, cell in lesson.reading
    ]
    complaints = [
        lesson.complain(
            n, f"at most {LINES} lines", f"{size}", "split the cell, or move plumbing to netlab"
        )
        for n, size in sizes
        if size > LINES
    ]
    short = sum(size <= SHORT_LINES for _, size in sizes)
    if sizes and short < SHORT_SHARE * len(sizes):
        complaints.append(
            lesson.complain(
                None,
                f"{SHORT_SHARE:.0%} of code cells within {SHORT_LINES} lines",
                f"{short} of {len(sizes)}",
                "split the longer ones",
            )
        )
    return complaints


def enough_cells(lesson):
    low, high = START_CELLS if lesson.is_start else CELLS
    count = len(lesson.reading)
    if low <= count <= high:
        return []
    return [lesson.complain(None, f"{low} to {high} code cells", f"{count}", "split or join steps")]


def few_netlab_names(lessons):
    """Over all lessons together, boxes and explorers apart: a small vocabulary is a promise."""
    names = sorted(
        set().union(*(_netlab_names(cell) for lesson in lessons for _, cell in lesson.code))
        - WIDGETS
    )
    if len(names) <= NETLAB_NAMES:
        return []
    return [
        f"all lessons: expected at most {NETLAB_NAMES} names from netlab; came {len(names)} "
        f"({', '.join(names)}); do without some"
    ]


def _names(cell):
    return (
        {node.id for node in nodes(cell, ast.Name)}
        | {node.attr for node in nodes(cell, ast.Attribute)}
        | {alias.name for node in nodes(cell, ast.ImportFrom) for alias in node.names}
    )


def _semicolon_lines(source):
    try:
        tokens = [
            t
            for t in tokenize.generate_tokens(io.StringIO(source).readline)
            if t.type != tokenize.COMMENT
        ]
    except (tokenize.TokenError, SyntaxError):
        return []
    ends = (tokenize.NEWLINE, tokenize.ENDMARKER)
    return [a.line for a, b in itertools.pairwise(tokens) if a.string == ";" and b.type in ends]


def _imports(cell):
    plain = {alias.name for node in nodes(cell, ast.Import) for alias in node.names}
    return plain | {node.module or "." for node in nodes(cell, ast.ImportFrom)}


def _netlab_names(cell):
    taken = {
        alias.name
        for node in nodes(cell, ast.ImportFrom)
        if (node.module or "").partition(".")[0] == "netlab"
        for alias in node.names
    }
    return taken | {
        node.attr
        for node in nodes(cell, ast.Attribute)
        if isinstance(node.value, ast.Name) and node.value.id == "netlab"
    }


RULES = [
    cells_are_plain_python,
    no_trailing_semicolon,
    no_banned_calls,
    imports_are_netlab_or_standard,
    cells_are_short,
    enough_cells,
]
