"""Rules about the text: how a lesson opens and closes, and what it says around its code."""

import re
from collections import Counter
from urllib.parse import unquote

from lessons import read, tags

OPENING = ["What you will do", "What you will learn", "What you need"]
CLOSING = ["Build", "Break", "Recall", "Next"]
WORDS, START_WORDS = (1500, 2500), (800, 2500)
CONTINUES = 3
BELITTLING = r"\b(simply|just|obviously)\b"


def one_title(lesson):
    titles = [text for _, level, text in _headings(lesson.nb) if level == 1]
    if len(titles) == 1:
        return []
    return [
        lesson.complain(None, "one heading of level 1", f"{len(titles)}", "make the others level 2")
    ]


def opens_with_a_promise(lesson):
    """What you will do, learn and need, before the first code."""
    first_code = min((n for n, _ in lesson.code), default=0)
    there = [text for n, _, text in _headings(lesson.nb) if n < first_code]
    return [
        lesson.complain(
            None, f'the heading "{want}" before the first code cell', f"{there}", "write it"
        )
        for want in OPENING
        if want not in there
    ]


def tells_the_time(lesson):
    first_code = min((n for n, _ in lesson.code), default=0)
    opening = " ".join(cell.source for n, cell in lesson.prose if n < first_code)
    if re.search(r"\b\d+ minutes\b", opening):
        return []
    return [
        lesson.complain(
            None,
            "a line with the time in minutes before the first code cell",
            "none",
            'write "About 75 minutes."',
        )
    ]


def closes_with_work(lesson):
    """Build, Break, Recall, Next, in this order: each heading begins with its word."""
    wanted = [word for word in CLOSING if not (lesson.is_start and word == "Break")]
    firsts = [re.split(r"\W", text)[0] for _, level, text in _headings(lesson.nb) if level > 1]
    came = list(dict.fromkeys(word for word in reversed(firsts) if word in wanted))[::-1]
    if came == wanted:
        return []
    return [
        lesson.complain(
            None, f"closing headings {wanted}, in this order", f"{came}", "add or move them"
        )
    ]


def charts_are_discussed(lesson):
    following = dict(lesson.cells)
    return [
        lesson.complain(
            n,
            "a markdown cell after a chart",
            _kind(following.get(n + 1)),
            "say what the chart shows",
        )
        for n, cell in lesson.code
        if any("image/png" in out.get("data", {}) for out in cell.outputs)
        if _kind(following.get(n + 1)) != "markdown"
    ]


def text_between_code(lesson):
    following, boxes = dict(lesson.cells), dict(lesson.asking)
    return [
        lesson.complain(
            n,
            "a markdown cell after a code cell",
            "another code cell",
            "say what was seen, or tag the next cell continues",
        )
        for n, _ in lesson.code
        if _kind(following.get(n + 1)) == "code" and "continues" not in tags(following[n + 1])
        if not lesson.marks(following[n + 1]).get("locked")  # a check belongs to its stub
        if n not in boxes  # a box belongs to its question
    ]


def few_continues(lesson):
    tagged = [n for n, cell in lesson.code if "continues" in tags(cell)]
    if len(tagged) <= CONTINUES:
        return []
    return [
        lesson.complain(
            tagged[-1],
            f"at most {CONTINUES} cells tagged continues",
            f"{len(tagged)}",
            "write text between the cells",
        )
    ]


def nothing_belittles(lesson):
    """What is simple to the writer may not be to the reader."""
    return [
        lesson.complain(n, "no word that belittles the reader's effort", repr(word), "leave it out")
        for n, cell in lesson.prose
        for word in re.findall(BELITTLING, _plain(cell.source), re.IGNORECASE)
    ]


def right_length(lesson):
    """Tasks are not counted: what an exercise asks must be said in full."""
    low, high = START_WORDS if lesson.is_start else WORDS
    following = dict(lesson.cells)
    counted = [
        cell
        for n, cell in lesson.prose
        if not any(lesson.marks(c).get("solution") for c in (cell, following.get(n + 1)) if c)
    ]
    count = sum(len(re.findall(r"\w[\w'’-]*", _plain(cell.source))) for cell in counted)
    if low <= count <= high:
        return []
    return [
        lesson.complain(None, f"{low} to {high} words of text", f"{count}", "say more, or less")
    ]


def links_lead_somewhere(lesson):
    complaints = []
    for n, cell in lesson.prose:
        for link in re.findall(r"\]\(([^)\s]+)[^)]*\)", _without_code(cell.source)):
            if problem := _broken(lesson, link):
                complaints.append(
                    lesson.complain(n, f"a link that leads somewhere, {link}", problem, "mend it")
                )
    return complaints


def terms_bold_once(lesson):
    """A new term is bold where it is explained, once; a label such as **Predict.** is no term."""
    bold = Counter(
        term.lower()
        for _, cell in lesson.prose
        for term in re.findall(r"\*\*([^*\n]*\w)\*\*", _without_code(cell.source))
    )
    return [
        f"{lesson.path.name}: **{term}** is bold {count} times"
        for term, count in bold.items()
        if count > 1
    ]


def _kind(cell):
    return cell.cell_type if cell else "the end"


def _without_code(source):
    return re.sub(r"```.*?```|`[^`\n]*`", " ", source, flags=re.DOTALL)


def _plain(source):
    """The words a reader reads: no code, no folded answers, and of a link only its text."""
    source = re.sub(r"<details>.*?</details>", " ", source, flags=re.DOTALL)
    return re.sub(r"\]\([^)]*\)", "]", _without_code(source))


def _headings(nb):
    """(cell number, level, text) of every heading."""
    for n, cell in enumerate(nb.cells, 1):
        if cell.cell_type == "markdown":
            text = re.sub(r"```.*?```", " ", cell.source, flags=re.DOTALL)
            for marks, title in re.findall(r"^(#{1,6}) +(.+?) *#*$", text, re.MULTILINE):
                yield n, len(marks), re.sub(r"[*_`]", "", title)


def _broken(lesson, link):
    """What is wrong with a link, if anything; in a notebook's anchors - stands for a blank."""
    if re.match(r"[a-z]+:", link):
        return ""
    name, _, anchor = unquote(link).partition("#")
    target = lesson.path.parent / name if name else lesson.path
    if not target.exists():
        return "no such file"
    if not anchor or target.suffix not in (".ipynb", ".md"):
        return ""
    if target.suffix == ".md":
        titles = re.findall(r"^#+ +(.+?) *$", target.read_text(encoding="utf-8"), re.MULTILINE)
        anchors = [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles]
    else:
        anchors = [
            text.replace(" ", "-")
            for *_, text in _headings(lesson.nb if not name else read(target))
        ]
    return "" if anchor in anchors else f"no such heading among {anchors[:12]}"


RULES = [
    one_title,
    opens_with_a_promise,
    tells_the_time,
    closes_with_work,
    charts_are_discussed,
    text_between_code,
    few_continues,
    nothing_belittles,
    right_length,
    links_lead_somewhere,
]
