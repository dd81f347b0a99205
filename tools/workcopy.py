"""work/: the learner's copy of notebooks/, brought up to date without ever losing their work."""

import hashlib
import itertools
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from progress import Trouble

MANIFEST = ".netlab.json"


@dataclass
class Report:
    """What one run did to work/."""

    new: int = 0
    changed: int = 0
    notes: list = field(default_factory=list)

    def __str__(self):
        return f"{self.new} new, {self.changed} changed"


def lesson_files(lessons):
    """The names of all files to hand out, as relative posix paths."""
    if not lessons.is_dir():
        raise Trouble(
            f"Expected the lessons in {lessons}, but that folder is missing. "
            "Is this a whole clone? Try: git status"
        )
    paths = (p.relative_to(lessons) for p in lessons.rglob("*") if p.is_file())
    hidden = ("__pycache__", ".")
    return sorted(p.as_posix() for p in paths if not any(s.startswith(hidden) for s in p.parts))


def handed_out(path):
    """The bytes a learner gets: a notebook without outputs, any other file as it is."""
    data = path.read_bytes()
    if path.suffix != ".ipynb":
        return data
    notebook = json.loads(data)
    notebook.get("metadata", {}).pop("widgets", None)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
            cell["metadata"].pop("execution", None)
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def content(name, data):
    """A digest that changes with what a learner writes or runs, not with a mere re-save."""
    if name.endswith(".ipynb"):
        try:
            cells = json.loads(data)["cells"]
            data = json.dumps([_essence(cell) for cell in cells], sort_keys=True).encode()
        except (ValueError, KeyError, TypeError, AttributeError):
            pass  # not a notebook (half-written?): its bytes are its content
    return _sha(data)


def sync(lessons, work):
    """Bring work/ up to date with the lessons; what a learner touched stays."""
    report = Report()
    given = _read_manifest(work, report)
    for name in lesson_files(lessons):
        try:
            _bring(name, handed_out(lessons / name), work, given, report)
        except (ValueError, KeyError, TypeError) as error:
            report.notes.append(
                f"notebooks/{name} is no notebook ({error!r}) and was left out. "
                f"To get it back: git checkout -- notebooks/{name}"
            )
        except OSError as error:
            report.notes.append(
                f"work/{name} could not be written ({error}). Is it open elsewhere? Then run again."
            )
    _write_manifest(work, given)
    return report


def reset(lessons, work, wanted):
    """Start one lesson afresh; the learner's files are kept beside the fresh ones."""
    report = Report()
    given = _read_manifest(work, report)
    for name in _find(lesson_files(lessons), wanted):
        data, path = handed_out(lessons / name), work / name
        if path.exists():
            now = content(name, path.read_bytes())
            if now == content(name, data):
                continue
            if not _untouched(name, now, given):
                kept = next(p for p in _beside(path, "kept-{}") if not p.exists())
                path.rename(kept)
                report.notes.append(f"Your work is kept as work/{_name(kept, work)}")
        for spare in itertools.takewhile(Path.exists, _updates(path)):
            spare_name = _name(spare, work)
            if _untouched(spare_name, content(spare_name, spare.read_bytes()), given):
                spare.unlink()
        write_whole(path, data)
        given[name] = _record(name, data)
        report.new += 1
        report.notes.append(f"Fresh: work/{name}")
    _write_manifest(work, given)
    if not report.new:
        report.notes.append(f"Lesson {wanted} is as it was given out: nothing to reset.")
    return report


def _bring(lesson, data, work, given, report):
    """Bring one file: to its own place, or beside what the learner has made of it."""
    path = work / lesson
    for place in itertools.chain([path], _updates(path)):
        name = _name(place, work)
        here = given.get(name, {}).get("version") == _sha(data)
        if not place.exists():
            if here and place != path:
                return  # an update that the learner has seen and thrown away
            write_whole(place, data)
            given[name] = _record(name, data)
            report.new += 1
            if place != path:
                report.notes.append(
                    f"work/{lesson} holds your work and stays as it is; "
                    f"the lesson has changed, and its new text lies beside it: {place.name}"
                )
            return
        if here:
            return
        old = place.read_bytes()
        now = content(name, old)
        if _untouched(name, now, given) or now == content(name, data):
            if old != data:
                write_whole(place, data)
                report.changed += 1
            given[name] = _record(name, data)
            return


def _find(names, wanted):
    """The files of the one lesson whose folder or notebook starts with `wanted`."""
    lessons = {}
    for name in names:
        folder, _, file = name.rpartition("/")
        lessons.setdefault(folder.split("/")[0] or Path(file).stem, []).append(name)
    start = wanted.strip("/\\").replace("\\", "/").split("/")[-1].removesuffix(".ipynb")
    hits = [lesson for lesson in lessons if start and lesson.startswith(start)] or [
        lesson
        for lesson, files in lessons.items()
        if start and any(Path(file).name.startswith(start) for file in files)
    ]
    if start in hits:
        hits = [start]
    if len(hits) != 1:
        fits = (
            f"'{wanted}' fits {'more than one' if hits else 'no'} lesson." if wanted else "Which?"
        )
        raise Trouble(f"{fits} Name one of: {', '.join(hits or sorted(lessons))}")
    return lessons[hits[0]]


def _essence(cell):
    """What counts in a cell: its kind, its text (one string or a list of lines), its outputs."""
    text = "".join(cell["source"])
    return [cell["cell_type"], text, cell.get("outputs") or [], cell.get("attachments") or {}]


def _updates(path):
    yield path.with_name(f"{path.stem}.updated{path.suffix}")
    yield from itertools.islice(_beside(path, "updated-{}"), 1, None)


def _beside(path, label):
    for number in itertools.count(1):
        yield path.with_name(f"{path.stem}.{label.format(number)}{path.suffix}")


def _name(path, work):
    return path.relative_to(work).as_posix()


def _untouched(name, now, given):
    return now == given.get(name, {}).get("content")


def _record(name, data):
    return {"version": _sha(data), "content": content(name, data)}


def _sha(data):
    return hashlib.sha256(data).hexdigest()


def write_whole(path, data):
    """Write all or nothing: a full disk or a Ctrl-C leaves the old file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _read_manifest(work, report):
    try:
        given = json.loads((work / MANIFEST).read_text(encoding="utf-8"))["given"]
        return {
            name: {"version": e["version"], "content": e["content"]} for name, e in given.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        report.notes.append(f"work/{MANIFEST} cannot be read: every file in work/ counts as yours.")
        return {}


def _write_manifest(work, given):
    text = json.dumps({"about": "what tools/lab.py gave out", "given": given}, indent=1)
    write_whole(work / MANIFEST, text.encode())
