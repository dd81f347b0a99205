"""Rules about boxes for answers: each stands where its question is asked, and they are few."""

import ast
import re

from tests.hygiene import tree

BOXES = 6  # more would make filling in forms of a lesson


def boxes_stand_behind_their_question(lesson):
    """A prediction is asked in words first (for who has no box), and an experiment follows."""
    around, complaints = dict(lesson.cells), []
    for n, cell in lesson.asking:
        before, after = around.get(n - 1), around.get(n + 1)
        if _call(cell).func.id == "recall":
            continue
        last = before.source.rstrip().splitlines()[-1:] if before else []
        if not last or not last[0].startswith("> **Predict.**"):
            complaints.append(
                lesson.complain(n, "> **Predict.** at the end of the cell before", last, "ask")
            )
        if not after or after.cell_type != "code" or lesson.asks(after):
            complaints.append(
                lesson.complain(n, "the experiment right behind it", "no code cell", "move it")
            )
    return complaints


def boxes_are_few(lesson):
    """And no two have one name, since the name is what an answer is kept under."""
    names = [ast.unparse(_call(cell).args[0]) for _, cell in lesson.asking]
    complaints = [
        lesson.complain(None, "a label for one box only", name, "reword one")
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    count = sum(_call(cell).func.id == "predict" for _, cell in lesson.asking)
    if count > BOXES:
        complaints.append(
            lesson.complain(None, f"at most {BOXES} predictions with a box", count, "keep the best")
        )
    return complaints


def recall_has_a_box_for_each_question(lesson):
    """recall(n) between the n questions and the folded answers."""
    around, complaints = dict(lesson.cells), []
    for n, cell in lesson.asking:
        if _call(cell).func.id != "recall":
            continue
        asked, answers = around[n - 1].source, around[n + 1].source if n + 1 in around else ""
        count = len(re.findall(r"^\d+\. ", asked, re.MULTILINE))
        if not asked.startswith("## Recall") or cell.source != f"recall({count})":
            complaints.append(
                lesson.complain(n, f"recall({count}) behind ## Recall", cell.source, "count again")
            )
        if not answers.startswith("<details>"):
            complaints.append(
                lesson.complain(n, "the folded answers behind it", answers[:20], "move it")
            )
    return complaints


def _call(cell):
    """predict(...) or recall(...), the last statement of such a cell."""
    return tree(cell).body[-1].value


RULES = [
    boxes_stand_behind_their_question,
    boxes_are_few,
    recall_has_a_box_for_each_question,
]
