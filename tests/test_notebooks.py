"""Every lesson keeps the house rules, as tests/hygiene/ states them."""

import pytest
from lessons import notebooks

from tests.hygiene import Lesson, asking, code, exercises, hosts, prose, saved

RULES = saved.RULES + code.RULES + hosts.RULES + prose.RULES + exercises.RULES + asking.RULES
LESSONS = notebooks()


def test_there_are_lessons():
    assert LESSONS, (
        "expected notebooks/start-here.ipynb and one folder a lesson; came nothing; write them"
    )


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.__name__)
def test_rule(path, rule):
    complaints = rule(Lesson.at(path))
    assert not complaints, "\n".join(complaints)


def test_few_names_over_all_lessons():
    complaints = code.few_netlab_names([Lesson.at(path) for path in LESSONS])
    assert not complaints, "\n".join(complaints)


def test_grade_ids_over_all_lessons():
    complaints = exercises.grade_ids_are_unique([Lesson.at(path) for path in LESSONS])
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
def test_terms_are_bold_once(path, request):
    for note in prose.terms_bold_once(Lesson.at(path)):
        request.node.user_properties.append(("note", note))
