"""The README: every command, target and path in it exists."""

import re

import pytest

from tests.tools import ROOT, load

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.M))
COMMANDS = load("tools/try_readme.py").commands(README)


def test_the_first_two_commands_are_the_two_that_matter():
    assert COMMANDS[:2] == [("sh", "make lab"), ("sh", "make test")]
    assert README.index("make lab") < README.index("make test") < 1000


def test_every_make_target_exists():
    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= TARGETS
    assert set(re.findall(r"\.PHONY: (.*)", MAKEFILE)[0].split()) >= TARGETS


def test_every_target_is_in_the_help():
    assert set(re.findall(r"^([a-z]+):.* ## ", MAKEFILE, re.M)) == TARGETS


def test_every_path_in_a_command_exists():
    paths = re.findall(r"\b(?:tools|notebooks)[\\/][\w./\\-]+", README)
    assert paths
    missing = [path for path in paths if not (ROOT / path.replace("\\", "/")).exists()]
    assert not missing


def test_every_command_of_lab_py_exists():
    for words in re.findall(r"tools[\\/]lab\.py ([a-z]+)", README):
        assert re.search(rf"^  {words} ", load("tools/lab.py").HELP, re.M), words


@pytest.mark.parametrize("text, path", re.findall(r"\[([^\]]*)\]\(([^)]+)\)", README))
def test_every_link_leads_somewhere(text, path):
    assert text, "a picture needs words for those who cannot see it"
    assert (ROOT / path.partition("#")[0]).exists()


def test_the_course_map_has_its_place():
    start, end = README.index("<!-- course-map -->"), README.index("<!-- /course-map -->")
    assert start < end
