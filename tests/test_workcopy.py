"""work/: lessons arrive, changes arrive, and nothing that a learner did is ever lost."""

import json

import pytest

from tests.tools import ROOT, load

load("tools/lab.py")
workcopy = load("tools/workcopy.py")
FIRST = "20-first-socket/first-socket.ipynb"


@pytest.fixture
def lessons(tmp_path):
    folder = tmp_path / "notebooks"
    save(folder / "start-here.ipynb", "1 + 1")
    save(folder / FIRST, "print('one')")
    (folder / "20-first-socket/peer.py").write_text("PEER = 1\n", encoding="utf-8")
    save(folder / "21-byte-stream/byte-stream.ipynb", "b'abc'")
    return folder


@pytest.fixture
def work(tmp_path, lessons):
    workcopy.sync(lessons, tmp_path / "work")
    return tmp_path / "work"


def save(path, *sources, output="saved"):
    path.parent.mkdir(parents=True, exist_ok=True)
    outputs = [{"output_type": "stream", "name": "stdout", "text": [f"{output}\n"]}] * bool(output)
    cells = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "metadata": {},
            "execution_count": number + 1,
            "source": source.splitlines(keepends=True),
            "outputs": outputs,
        }
        for number, source in enumerate(sources)
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def sources(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells]


def tree(folder):
    """Every file the learner sees, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != workcopy.MANIFEST
    }


def test_a_new_copy_has_every_file_and_no_outputs(lessons, work):
    assert tree(work).keys() == tree(lessons).keys()
    cell = json.loads((work / FIRST).read_text(encoding="utf-8"))["cells"][0]
    assert (cell["outputs"], cell["execution_count"]) == ([], None)
    assert sources(work / FIRST) == ["print('one')"]
    assert (work / "20-first-socket/peer.py").read_text(encoding="utf-8") == "PEER = 1\n"


def test_checkpoints_and_caches_are_not_handed_out(lessons, tmp_path):
    save(lessons / ".ipynb_checkpoints/start-here-checkpoint.ipynb", "old")
    (lessons / "__pycache__").mkdir()
    (lessons / "__pycache__/peer.pyc").write_bytes(b"")
    assert not any("check" in name or "pyc" in name for name in workcopy.lesson_files(lessons))


def test_a_second_run_changes_nothing(lessons, work):
    before = tree(work)
    report = workcopy.sync(lessons, work)
    assert (str(report), report.notes, tree(work)) == ("0 new, 0 changed", [], before)


def test_an_untouched_file_follows_the_lesson(lessons, work):
    for text in ("two", "three"):
        save(lessons / FIRST, text)
        (lessons / "20-first-socket/peer.py").write_text(text, encoding="utf-8")
        report = workcopy.sync(lessons, work)
        assert (str(report), report.notes) == ("0 new, 2 changed", [])
        assert sources(work / FIRST) == [text]


def test_a_touched_file_whose_lesson_did_not_change_brings_nothing(lessons, work):
    save(work / FIRST, "mine")
    before = tree(work)
    assert str(workcopy.sync(lessons, work)) == "0 new, 0 changed"
    assert tree(work) == before


def test_a_mere_save_by_jupyterlab_is_no_touch(lessons, work):
    notebook = json.loads((work / FIRST).read_text(encoding="utf-8"))
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.13.1"}
    notebook["cells"][0]["execution_count"] = 7
    notebook["cells"][0]["source"] = "".join(notebook["cells"][0]["source"])
    (work / FIRST).write_text(json.dumps(notebook, indent=4), encoding="utf-8")
    save(lessons / FIRST, "print('two')")
    assert workcopy.sync(lessons, work).changed == 1


@pytest.mark.parametrize(
    "touch",
    [
        lambda path: save(path, "print('mine')", output=None),
        lambda path: save(path, "print('one')", output="my own run"),
        lambda path: save(path, "print('one')", "my_cell = 1", output=None),
        lambda path: save(path, output=None),
        lambda path: path.write_text('{"cells": [{"cell_type": "co', encoding="utf-8"),
        lambda path: path.write_bytes(b""),
    ],
    ids=["edited", "run and saved", "cell added", "cells removed", "written halfway", "emptied"],
)
def test_a_touched_file_stays_and_the_new_lesson_arrives_beside_it(lessons, work, touch):
    touch(work / FIRST)
    mine = (work / FIRST).read_bytes()
    save(lessons / FIRST, "print('two')")
    report = workcopy.sync(lessons, work)
    beside = work / "20-first-socket/first-socket.updated.ipynb"
    assert (work / FIRST).read_bytes() == mine
    assert sources(beside) == ["print('two')"]
    assert beside.name in report.notes[0] and FIRST in report.notes[0]
    again = workcopy.sync(lessons, work)
    assert (str(again), again.notes) == ("0 new, 0 changed", [])


def test_an_answer_in_a_stub_is_the_learners(lessons, work):
    """The marks that a teacher's tools need come along; the answer stays when the lesson moves."""
    folder, name = lessons.parent, "21-byte-stream/byte-stream.ipynb"
    notebook = json.loads((ROOT / "notebooks" / name).read_text(encoding="utf-8"))
    (lessons / name).write_text(json.dumps(notebook), encoding="utf-8")
    assert workcopy.sync(lessons, work).changed == 1
    mine = json.loads((work / name).read_text(encoding="utf-8"))
    assert [cell["metadata"] for cell in mine["cells"]] == [
        cell["metadata"] for cell in notebook["cells"]
    ]
    stub = next(c for c in mine["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
    stub["source"] = ["def recv_exactly(sock, n):\n", "    return sock.recv(n)\n"]
    (work / name).write_text(json.dumps(mine), encoding="utf-8")
    notebook["cells"][0]["source"] = ["# A new title"]
    (lessons / name).write_text(json.dumps(notebook), encoding="utf-8")
    workcopy.sync(lessons, work)
    assert json.loads((work / name).read_text(encoding="utf-8")) == mine
    assert (folder / "work/21-byte-stream/byte-stream.updated.ipynb").exists()


def test_updates_follow_the_lesson_until_they_are_touched_too(lessons, work):
    folder = work / "20-first-socket"
    save(work / FIRST, "mine")
    for text in ("two", "three"):
        save(lessons / FIRST, text)
        workcopy.sync(lessons, work)
    assert sources(folder / "first-socket.updated.ipynb") == ["three"]
    save(folder / "first-socket.updated.ipynb", "mine too")
    save(lessons / FIRST, "four")
    workcopy.sync(lessons, work)
    assert sources(folder / "first-socket.updated-2.ipynb") == ["four"]
    assert sources(folder / "first-socket.updated.ipynb") == ["mine too"]
    assert sources(work / FIRST) == ["mine"]


def test_an_update_that_was_thrown_away_does_not_come_back(lessons, work):
    save(work / FIRST, "mine")
    save(lessons / FIRST, "two")
    workcopy.sync(lessons, work)
    (work / "20-first-socket/first-socket.updated.ipynb").unlink()
    assert workcopy.sync(lessons, work).new == 0


def test_a_deleted_lesson_comes_back_and_a_renamed_one_stays(lessons, work):
    (work / "start-here.ipynb").unlink()
    save(work / FIRST, "mine")
    (work / FIRST).rename(work / "my answers.ipynb")
    assert workcopy.sync(lessons, work).new == 2
    assert sources(work / "my answers.ipynb") == ["mine"]
    assert sources(work / FIRST) == ["print('one')"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"given": {"a": 1}}', '{"given": []}'])
def test_without_a_readable_manifest_every_file_counts_as_the_learners(lessons, work, text):
    (work / workcopy.MANIFEST).write_text(text, encoding="utf-8")
    save(work / FIRST, "mine")
    save(lessons / "start-here.ipynb", "new start")
    before = tree(work)
    report = workcopy.sync(lessons, work)
    after = tree(work)
    assert before.items() <= after.items()
    assert (
        {name for name in after if ".updated" in name}
        == after.keys() - before.keys()
        == {"start-here.updated.ipynb", "20-first-socket/first-socket.updated.ipynb"}
    )
    assert "cannot be read" in report.notes[0]
    assert workcopy.sync(lessons, work).notes == []


def test_a_broken_lesson_is_named_and_the_others_arrive(lessons, work):
    (lessons / FIRST).write_text("<<<<<<< HEAD\n", encoding="utf-8")
    save(lessons / "start-here.ipynb", "new start")
    report = workcopy.sync(lessons, work)
    assert report.changed == 1
    assert f"git checkout -- notebooks/{FIRST}" in report.notes[0]


@pytest.mark.parametrize("wanted", ["20", "20-first-socket", "first-socket", f"work/{FIRST}"])
def test_reset_keeps_the_old_and_brings_the_fresh(lessons, work, wanted):
    for number in (1, 2):
        save(work / FIRST, f"mine {number}")
        report = workcopy.reset(lessons, work, wanted)
        kept = work / f"20-first-socket/first-socket.kept-{number}.ipynb"
        assert sources(kept) == [f"mine {number}"]
        assert kept.name in report.notes[0]
        assert sources(work / FIRST) == ["print('one')"]
    assert workcopy.sync(lessons, work).new == 0


def test_reset_of_an_untouched_lesson_only_says_so(lessons, work):
    before = tree(work)
    assert "nothing to reset" in workcopy.reset(lessons, work, "start-here").notes[0]
    assert tree(work) == before


@pytest.mark.parametrize("touched", [False, True])
def test_reset_tidies_untouched_updates_only(lessons, work, touched):
    update = work / "20-first-socket/first-socket.updated.ipynb"
    save(work / FIRST, "mine")
    save(lessons / FIRST, "two")
    workcopy.sync(lessons, work)
    if touched:
        save(update, "mine too")
    workcopy.reset(lessons, work, "20")
    assert update.exists() == touched
    assert sources(work / FIRST) == ["two"]
    assert sources(update.with_name("first-socket.kept-1.ipynb")) == ["mine"]


def test_reset_takes_the_exact_name_before_a_longer_one(lessons, work):
    save(lessons / "20-first-socket-again/again.ipynb", "1")
    save(work / FIRST, "mine")
    workcopy.reset(lessons, work, "20-first-socket")
    assert sources(work / FIRST) == ["print('one')"]


@pytest.mark.parametrize("wanted", ["", "99", "2", "/"])
def test_reset_of_no_one_lesson_lists_the_lessons(lessons, work, wanted):
    with pytest.raises(load("tools/progress.py").Trouble, match="20-first-socket"):
        workcopy.reset(lessons, work, wanted)


def test_a_full_disk_leaves_the_old_file_whole(lessons, work, monkeypatch):
    before = tree(work)
    save(lessons / FIRST, "print('two')")

    def full(source, target):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(workcopy.os, "replace", full)
        with pytest.raises(OSError, match="No space"):
            workcopy.sync(lessons, work)
    assert tree(work) == before
    assert workcopy.sync(lessons, work).changed == 1
