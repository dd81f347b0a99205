"""The public names, what importing them costs, and which way the arrows point."""

from __future__ import annotations

import ast
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

import netlab

ROOT = Path(netlab.__file__).parent
# who may import whom, beside the standard library; names are the rooms of docs/design.md section 2
ARROWS = {
    "background": {"background"},
    "wire": {"background", "wire"},
    "servers": {"background", "wire", "servers"},
    "measure": {"measure"},
    "packets": {"packets"},
    "charts": {"charts", "measure", "packets"},
    "network": {"network", "wire", "background", "packets"},
    "checkup": {"background", "charts", "network", "servers", "wire", "checkup"},
    "_worker": {"background", "network", "servers", "widgets", "wire"},
    "referee": {"referee"},
    "kept": {"kept"},
    "exercises": {"exercises", "referee", "kept"},
    "grading": {"grading", "exercises", "referee"},
    "widgets": {
        "widgets",
        "background",
        "charts",
        "kept",
        "measure",
        "network",
        "packets",
        "servers",
        "wire",
    },
    "__init__": set(),
}
ROOMS = {
    "fetch": "measure",
    "exchange": "measure",
    "probe": "measure",
    "samples": "measure",
}  # files that belong to a room
# a method that draws imports its chart inside the method
DRAWS = {"measure": {"charts"}, "network": {"charts"}}


def test_the_public_names_are_these() -> None:
    assert sorted(netlab.__all__) == [
        "BufferExplorer",
        "ConnectionExplorer",
        "CutPointExplorer",
        "EchoServer",
        "HeaderInspector",
        "Network",
        "PageLoadExplorer",
        "Relay",
        "Reply",
        "RoundTripMonitor",
        "Samples",
        "UdpEchoServer",
        "WebServer",
        "against_theory",
        "byte_map",
        "check",
        "fetch_timed",
        "hint",
        "ping",
        "predict",
        "progress",
        "recall",
        "selftest",
        "serve",
        "serve_all",
        "solution",
        "waterfall",
    ]
    for name in netlab.__all__:
        assert getattr(netlab, name).__doc__, f"{name} has no docstring"


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(AttributeError, match=r"netlab has no 'EcoServer'; it has .*EchoServer"):
        netlab.EcoServer  # noqa: B018


def test_importing_netlab_imports_almost_nothing() -> None:
    loaded = "import sys, netlab; print(sorted(m for m in sys.modules if m.startswith('netlab')))"
    heavy = "print([m for m in ('socket', 'matplotlib', 'asyncio', 'numpy') if m in sys.modules])"
    command = [sys.executable, "-c", f"{loaded}; {heavy}"]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout
    assert shown.split("\n")[:2] == ["['netlab']", "[]"]


def test_measuring_does_not_import_matplotlib() -> None:
    command = [
        sys.executable,
        "-c",
        "import sys; from netlab import EchoServer, Relay, ping, serve; "
        "print('matplotlib' in sys.modules, 'asyncio' in sys.modules)",
    ]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout
    assert shown.strip() == "False False"


def imports(path: Path) -> set[tuple[str, bool]]:
    """The rooms that a file imports, and whether it does so inside a function."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
    }
    for_types = {
        id(node)
        for block in tree.body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        names = []
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("netlab"):
            module = node.module or ""
            names = [f"{module}.{a.name}" for a in node.names] if module == "netlab" else [module]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names if a.name.startswith("netlab.")]
        for name in names:
            part = name.split(".")[1]
            found.add((ROOMS.get(part, part), id(node) in inside))
    return found


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_arrows_point_one_way(path: Path) -> None:
    part = path.relative_to(ROOT).parts[0].removesuffix(".py")
    room = ROOMS.get(part, part)
    for target, inside in imports(path):
        allowed = ARROWS[room] | (DRAWS.get(room, set()) if inside else set())
        assert target in allowed, f"{path.name} imports netlab.{target}: {room} may not"


def test_every_file_can_be_read_in_one_sitting() -> None:
    sizes = {p: len(p.read_text("utf-8").splitlines()) for p in ROOT.rglob("*.py")}
    assert max(sizes.values()) <= 250, max(sizes, key=lambda p: sizes[p])


def lines_of_code(path: Path) -> int:
    """Lines with something to run: no blanks, comments or docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    skip: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            skip.update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    used: set[int] = set()
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.string.strip() and token.type not in (tokenize.COMMENT, tokenize.ENCODING):
                used.update(range(token.start[0], token.end[0] + 1))
    return len(used - skip)


def test_the_package_stays_small() -> None:
    """Servers, wire, measure and charts together: docs/design.md section 2."""
    rooms = ("background", "charts", "exchange.py", "fetch.py", "measure.py", "probe.py")
    rooms += ("samples.py", "servers", "wire")
    files = [p for p in ROOT.rglob("*.py") if p.relative_to(ROOT).parts[0] in rooms]
    assert sum(map(lines_of_code, files)) <= 4110
    for room, most in (("network", 3100), ("packets", 2000)):
        assert sum(map(lines_of_code, (ROOT / room).rglob("*.py"))) <= most
