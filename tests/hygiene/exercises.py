"""Rules about exercise cells: a task with its hints, a stub, a check; marked as nbgrader asks."""

import re

from netlab.exercises.bank import NAMES, find
from netlab.referee.source import Answer
from tests.hygiene import tree

STUB_LINES = 6
SHAPE = {"schema_version": 3, "task": False}
STUB = SHAPE | {"solution": True, "grade": False, "locked": False}
CHECK = SHAPE | {"solution": False, "grade": True, "locked": True}
WRITTEN = SHAPE | {"solution": True, "grade": True, "locked": False}
FIXED = {"editable": False, "deletable": False}


def every_exercise_is_there(lesson):
    """Each exercise of this lesson's bank, in the order of the bank, and no other."""
    wanted = [name for name in NAMES if str(find(name).lesson) == _number(lesson)]
    came = [marks["grade_id"] for _, _, marks in _stubs(lesson)]
    if came == wanted:
        return []
    return [lesson.complain(None, f"stubs for {wanted}", f"{came}", "add, remove or move cells")]


def marks_are_nbgraders(lesson):
    """Nothing of our own, so that nbgrader's own commands do all the work."""
    complaints = []
    for n, cell in lesson.cells:
        if not (marks := lesson.marks(cell)):
            continue
        wanted = WRITTEN if cell.cell_type == "markdown" else STUB if marks.solution else CHECK
        came = {key: marks[key] for key in marks if key not in ("grade_id", "points")}
        if came != wanted or "grade_id" not in marks or ("points" in marks) != wanted["grade"]:
            complaints.append(lesson.complain(n, f"{wanted}", f"{dict(marks)}", "correct it"))
        fixed = {key: value for key, value in cell.metadata.items() if key in FIXED}
        if fixed != (FIXED if wanted is CHECK else {}):
            complaints.append(lesson.complain(n, "a check, and no other, is fixed", fixed, "mend"))
    return complaints


def stubs_are_stubs(lesson):
    """Short, and known as not attempted; they define what they are called after."""
    complaints = []
    for n, cell, marks in _stubs(lesson):
        lines = sum(bool(line.strip()) for line in cell.source.splitlines())
        if lines > STUB_LINES:
            complaints.append(
                lesson.complain(n, f"at most {STUB_LINES} lines", lines, "give less, or say it")
            )
        if tree(cell) is None or not Answer.of_text(cell.source, marks.grade_id).is_stub:
            complaints.append(lesson.complain(n, "a stub", "an answer", "take the answer out"))
        elif not re.search(rf"^(def |class |){marks.grade_id}\b", cell.source, re.MULTILINE):
            complaints.append(
                lesson.complain(n, f"{marks.grade_id} defined", "another name", "rename")
            )
    return complaints


def a_check_follows_its_stub(lesson):
    """check_NAME with check(NAME), right behind the stub, for as many points as behaviours."""
    following, complaints = dict(lesson.cells), []
    for n, _, marks in _stubs(lesson):
        name = marks.grade_id
        cell = following.get(n + 1)
        own = lesson.marks(cell) if cell else {}
        if own.get("grade_id") != f"check_{name}":
            complaints.append(
                lesson.complain(n, f"the cell check_{name} behind it", own.get("grade_id"), "add")
            )
            continue
        if cell.source not in (f"check({name})", f'check({name}, "{name}")'):
            complaints.append(
                lesson.complain(n + 1, f"check({name})", cell.source, "say this alone")
            )
        if name in NAMES and own.get("points") != (full := points(name)):
            complaints.append(
                lesson.complain(n + 1, f"{full} points", own.get("points"), "one a behaviour")
            )
    stubs = len(_stubs(lesson))
    checks = sum(lesson.marks(cell).get("locked", False) for _, cell in lesson.code)
    if checks > stubs:
        complaints.append(lesson.complain(None, f"{stubs} checks", checks, "no check alone"))
    return complaints


def hints_are_the_banks(lesson):
    """In the text before the stub, folded: the very words that hint() shows."""
    before, complaints = dict(lesson.cells), []
    for n, _, marks in _stubs(lesson):
        wanted = hints(marks.grade_id) if marks.grade_id in NAMES else ""
        if wanted not in before[n - 1].source or before[n - 1].cell_type != "markdown":
            complaints.append(
                lesson.complain(n, "hints.txt, folded, before it", "other words", f"write {wanted}")
            )
    return complaints


def grade_ids_are_unique(lessons):
    """Over the whole course: a gradebook knows a cell by its grade_id."""
    seen, complaints = {}, []
    for lesson in lessons:
        for n, cell in lesson.cells:
            name = lesson.marks(cell).get("grade_id")
            if name in seen:
                complaints.append(
                    lesson.complain(
                        n, "a grade_id of its own", f"{name}, as {seen[name]}", "change"
                    )
                )
            elif name:
                seen[name] = f"{lesson.path.name} cell {n}"
    return complaints


def hints(name):
    """The folded hints of an exercise, as its lesson must show them."""
    steps = "\n\n".join(f"{n}\\. {text}" for n, text in enumerate(find(name).hints, 1))
    return f"<details><summary>Hints</summary>\n\n{steps}\n\n</details>"


def _stubs(lesson):
    """(number, cell, its marks) of every cell that a learner fills with code."""
    return [(n, cell, m) for n, cell in lesson.code if (m := lesson.marks(cell)).get("solution")]


def points(name):
    """One for each behaviour."""
    return len({scenario.behaviour for scenario in find(name).scenarios()})


def _number(lesson):
    return lesson.nb.metadata.get("netlab", {}).get("number")


RULES = [
    every_exercise_is_there,
    marks_are_nbgraders,
    stubs_are_stubs,
    a_check_follows_its_stub,
    hints_are_the_banks,
]
