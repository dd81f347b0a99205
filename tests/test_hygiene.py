"""Every rule complains of a notebook made to break it, and lets a good one be."""

import copy

import nbformat
import pytest
from lessons import cleared, code_cells

from tests.hygiene import Lesson, asking, code, hosts, prose, saved
from tests.hygiene.example import PIXEL, error, good, printed, shown, text
from tests.hygiene.example import code as new_code

RULES = saved.RULES + code.RULES + hosts.RULES + prose.RULES + asking.RULES

# Each rule must complain of a notebook made to break it: rule -> the ways to break it.
GOOD, FIRST, LONG = good(), 1, "\n".join(f"x{n} = {n}" for n in range(16))


def source(words, *tags):
    """Put these words into the first code cell."""

    def change(nb):
        nb.cells[FIRST].source = words
        nb.cells[FIRST].metadata["tags"] = list(tags)

    return change


def output(*outputs):
    return lambda nb: nb.cells[FIRST].outputs.extend(outputs)


def prose_cell(words):
    return lambda nb: nb.cells.append(text(words))


def without(words):
    """Take words out of the text, wherever they stand."""

    def change(nb):
        for cell in nb.cells:
            cell.source = cell.source.replace(words, "")

    return change


def tag(name, count=1):
    return lambda nb: [cell.metadata.update(tags=[name]) for cell in code_cells(nb)[:count]]


def add_code(count):
    return lambda nb: nb.cells.extend(new_code("x = 1") for _ in range(count))


def box(words='predict("q")', before="> **Predict.** What?", after=None):
    """A question, its box and what follows, put before the first code cell."""

    def change(nb):
        nb.cells[FIRST:FIRST] = [text(before), new_code(words), *([after] if after else [])]

    return change


def meta(**entries):
    return lambda nb: nb.metadata.update(entries)


BREAKS = {
    saved.run_in_order: [cleared, lambda nb: nb.cells[FIRST].update(execution_count=7)],
    saved.results_numbered_as_their_cells: [
        output(nbformat.v4.new_output("execute_result", {"text/plain": "1"}, execution_count=9))
    ],
    saved.outputs_were_not_cleared: [
        lambda nb: [cell.update(outputs=[]) for cell in code_cells(nb)]
    ],
    saved.errors_are_announced: [output(error())],
    saved.announced_errors_happen: [tag("raises-exception")],
    saved.nothing_on_stderr: [output(printed("careful!", "stderr"))],
    saved.pictures_are_png: [output(shown("a chart of five dots", **{"image_svg+xml": "<svg/>"}))],
    saved.pictures_are_small: [output(shown("a chart of five dots", image_png=PIXEL * 1024))],
    saved.pictures_have_words: [
        output(shown("<Figure size 600x300 with 1 Axes>", image_png=PIXEL))
    ],
    saved.file_is_small: [output(printed("x" * 410_000))],
    saved.no_volatile_metadata: [
        meta(widgets={}),
        meta(language_info={"name": "python", "version": "3.11.7"}),
        lambda nb: nb.cells[FIRST].metadata.update(execution={}),
        output(shown("a box", **{"application_vnd.jupyter.widget-view+json": {"model_id": "1"}})),
    ],
    saved.kernel_is_python3: [
        meta(kernelspec={"name": "conda", "display_name": "x"}),
        lambda nb: nb.metadata.pop("kernelspec"),
    ],
    saved.nearly_all_compared: [
        tag("nbval-ignore-output", 3),
        tag("nbval-skip", 3),
        lambda nb: [cell.update(source="# NBVAL_IGNORE_OUTPUT\nx") for cell in code_cells(nb)[:3]],
    ],
    code.cells_are_plain_python: [source("%time x"), source("!ls"), source("x = (")],
    code.no_trailing_semicolon: [
        source("x = 1;"),
        source("x = 1;  # quiet"),
        source("if x:\n    y;\nz"),
    ],
    code.no_banned_calls: [
        source("interact(f, x=3)"),
        source("widgets.interactive_output(f, {})"),
        source("clear_output()"),
        source("with Output() as out:\n    f()"),
        source("name = input()"),
        source("time.sleep(1)"),
        source("from time import sleep"),
    ],
    hosts.no_localhost: [source("sock.connect(('localhost', port))")],
    hosts.no_fixed_ports: [
        source("sock.connect(('127.0.0.1', 8080))"),
        source("sock.bind(('', 8080))"),
        source("serve(port=8080)"),
        source("PORT = 8080"),
        source("url = 'http://127.0.0.1:8080/'"),
        source("sock.bind(('::1', 80, 0, 0))"),
    ],
    hosts.only_this_machine: [
        source("sock.connect(('192.0.2.1', port))"),
        source("urlopen('https://example.org/')"),
        source("socket.gethostbyname('example.org')"),
        source("sock.connect(('example.org', port))"),
    ],
    code.imports_are_netlab_or_standard: [
        source("import numpy as np"),
        source("from ipywidgets import HTML"),
        source("from . import helper"),
    ],
    code.cells_are_short: [
        source(LONG),
        lambda nb: [c.update(source="x\n" * 7) for c in code_cells(nb)[:3]],
    ],
    code.enough_cells: [add_code(16), lambda nb: nb.cells.pop(FIRST)],
    prose.one_title: [prose_cell("# Another"), without("# Read a byte stream")],
    prose.opens_with_a_promise: [without(f"## {words}") for words in prose.OPENING],
    prose.tells_the_time: [without("minutes")],
    prose.closes_with_work: [
        *(without(f"## {word}") for word in prose.CLOSING),
        prose_cell("## Build more"),
    ],
    prose.charts_are_discussed: [
        lambda nb: [output(shown("a chart", image_png=PIXEL))(nb), nb.cells.pop(FIRST + 1)]
    ],
    prose.text_between_code: [add_code(2)],
    prose.few_continues: [tag("continues", 4)],
    prose.nothing_belittles: [
        prose_cell("Now just run it."),
        prose_cell("Simply, this."),
        prose_cell("Obviously"),
    ],
    prose.right_length: [
        prose_cell("word " * 2000),
        lambda nb: nb.cells.__delitem__(slice(4, None)),
    ],
    asking.boxes_stand_behind_their_question: [
        box(before="What?"),
        box(before="> **Predict.** What?\n\nMore."),
        box(after=text("words")),
        box(after=new_code('predict("r")')),
    ],
    asking.boxes_are_few: [
        lambda nb: [box()(nb) for _ in range(2)],
        lambda nb: [box(f'predict("{n}")')(nb) for n in range(7)],
    ],
    asking.recall_has_a_box_for_each_question: [
        box("recall(3)", "## Recall\n1. What?\n2. Why?", text("<details>")),
        box("recall(2)", "1. What?\n2. Why?", text("<details>")),
        box("recall(2)", "## Recall\n1. What?\n2. Why?", text("1. That.")),
    ],
    prose.links_lead_somewhere: [
        prose_cell("[it](../nowhere.md)"),
        prose_cell("[it](#No-such-heading)"),
        prose_cell("[it](broken.ipynb#Nor-this)"),
    ],
}


@pytest.fixture
def lesson(tmp_path):
    """The same notebook at a path, after a change."""

    def make(change=lambda nb: None, name="broken.ipynb"):
        nb = copy.deepcopy(GOOD)
        change(nb)
        nbformat.write(nb, tmp_path / name)
        return Lesson.at(tmp_path / name)

    return make


def test_good_lesson_passes(lesson):
    assert [c for rule in RULES for c in rule(lesson())] == []


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        pytest.param(rule, change, id=f"{rule.__name__}-{n}")
        for rule in RULES
        for n, change in enumerate(BREAKS[rule])
    ],
)
def test_rule_fires(rule, change, lesson):
    complaints = rule(lesson(change))
    assert complaints
    assert all("expected" in c and "came" in c and c.startswith("broken.ipynb") for c in complaints)


def test_names_rule_fires(lesson):
    many = "from netlab import " + ", ".join(f"name{n}" for n in range(code.NETLAB_NAMES + 1))
    assert code.few_netlab_names([lesson(source(many))])
    assert not code.few_netlab_names([lesson(source("import netlab\nnetlab.ping()"))])


def test_bold_note_fires(lesson):
    assert prose.terms_bold_once(lesson(prose_cell("A **port**, and again a **port**.")))


@pytest.mark.parametrize(
    "words",
    [
        "table = ('index.html', 200)",
        "text = 'a; b;'",
        "reply = (b'x', 80)",
        "sock.bind(('127.0.0.1', 0))",
        "await f()",
        "x = 7 % 2",
        "server.address",
        "WebServer(pages, host=site, port=80)",
        "from netlab import ping\nimport socket",
    ],
)
def test_rules_let_good_code_be(words, lesson):
    assert [c for rule in code.RULES + hosts.RULES for c in rule(lesson(source(words)))] == []


def test_boxes_are_counted_apart(lesson):
    """A lesson with as many cells as it may have can ask, where it asks before an experiment."""

    def change(nb):
        nb.cells[FIRST:FIRST] = [
            cell for n in range(15) for cell in (new_code(f"x = {n}"), text("It."))
        ]
        box('from netlab import predict\n\npredict("q", choices=["a", "b"])')(nb)
        for number, cell in enumerate(code_cells(nb), 1):
            cell.execution_count = number

    full = lesson(change)
    assert len(full.reading) == 35 and len(full.asking) == 1
    assert [
        c
        for rule in (code.enough_cells, prose.text_between_code, *asking.RULES)
        for c in rule(full)
    ] == []
    assert not code.few_netlab_names(
        [
            lesson(
                source(
                    "from netlab import predict, recall, " + ", ".join(f"n{n}" for n in range(20))
                )
            )
        ]
    )


def test_a_tag_excuses(lesson):
    assert not hosts.no_localhost(lesson(source("socket.gethostbyname('localhost')", "names")))
    assert not hosts.only_this_machine(
        lesson(source("socket.gethostbyname('example.org')", "names"))
    )
    assert not prose.text_between_code(
        lesson(lambda nb: nb.cells.append(new_code("x", tags=["continues"])))
    )
    assert not prose.closes_with_work(lesson(without("## Break it"), name="start-here.ipynb"))
