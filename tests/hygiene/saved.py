"""Rules about what is saved: counts, outputs, pictures, metadata."""

import base64

from lessons import is_compared, tags

REFRESH = "run tools/refresh.py on it"
FILE_KB, IMAGE_KB, UNCOMPARED_CELLS = 400, 100, 2  # 300 before a lesson of eight ladders


def run_in_order(lesson):
    """A cell without a number is never compared by nbval, so a stripped notebook would pass."""
    return [
        lesson.complain(n, f"In [{want}]", f"In [{cell.execution_count or ' '}]", REFRESH)
        for want, (n, cell) in enumerate(lesson.code, 1)
        if cell.execution_count != want
    ]


def results_numbered_as_their_cells(lesson):
    return [
        lesson.complain(n, f"Out[{cell.execution_count}]", f"Out[{out.execution_count}]", REFRESH)
        for n, cell in lesson.code
        for out in cell.outputs
        if out.output_type == "execute_result" and out.execution_count != cell.execution_count
    ]


def outputs_were_not_cleared(lesson):
    """Cells may be silent, a lesson may not: counts without outputs are a cleared notebook."""
    if any(cell.outputs for _, cell in lesson.code):
        return []
    return [lesson.complain(None, "outputs saved with the notebook", "none at all", REFRESH)]


def errors_are_announced(lesson):
    return [
        lesson.complain(n, "no error", out.ename, "mend it, or tag the cell raises-exception")
        for n, cell in lesson.code
        for out in cell.outputs
        if out.output_type == "error" and "raises-exception" not in tags(cell)
    ]


def announced_errors_happen(lesson):
    return [
        lesson.complain(
            n, "an error, as its tag raises-exception says", "none", "take the tag away"
        )
        for n, cell in lesson.code
        if "raises-exception" in tags(cell) and all(o.output_type != "error" for o in cell.outputs)
    ]


def nothing_on_stderr(lesson):
    return [
        lesson.complain(
            n, "nothing on stderr", repr(out.text[:60]), "cure the cause of the message"
        )
        for n, cell in lesson.code
        for out in cell.outputs
        if out.output_type == "stream" and out.name == "stderr"
    ]


def pictures_are_png(lesson):
    """nbval skips PNG and JPEG; it would compare an SVG, whose ids differ on every run."""
    return [
        lesson.complain(n, "PNG pictures", mime, "show the chart as PNG")
        for n, _, mime, _ in _shown(lesson)
        if mime.startswith("image/") and mime != "image/png"
    ]


def pictures_are_small(lesson):
    sizes = [
        (n, len(base64.b64decode(data)) / 1024)
        for n, _, mime, data in _shown(lesson)
        if mime in ("image/png", "image/jpeg")
    ]
    return [
        lesson.complain(
            n, f"at most {IMAGE_KB} KB a picture", f"{size:.0f} KB", "draw fewer points, or smaller"
        )
        for n, size in sizes
        if size > IMAGE_KB
    ]


def pictures_have_words(lesson):
    """Alt text for those who do not see the picture: text/plain must describe it."""
    return [
        lesson.complain(
            n, "a chart that describes itself in words", repr(words), "give it a text/plain"
        )
        for n, out, mime, _ in _shown(lesson)
        if mime == "image/png"
        for words in [out.data.get("text/plain", "")]
        if len(words.split()) < 4 or words.startswith("<")
    ]


def file_is_small(lesson):
    size = lesson.path.stat().st_size / 1024
    if size <= FILE_KB:
        return []
    return [
        lesson.complain(
            None, f"at most {FILE_KB} KB", f"{size:.0f} KB", "make its pictures smaller"
        )
    ]


def no_volatile_metadata(lesson):
    found = [key for key in ("widgets",) if key in lesson.nb.metadata]
    if "version" in lesson.nb.metadata.get("language_info", {}):
        found.append("language_info.version")
    complaints = [
        lesson.complain(None, "no metadata that changes by itself", key, REFRESH) for key in found
    ]
    complaints += [
        lesson.complain(n, "no metadata that changes by itself", "execution", REFRESH)
        for n, cell in lesson.cells
        if "execution" in cell.metadata
    ]
    return complaints + [
        lesson.complain(n, "a widget's words alone", f"{mime}, which names a model", REFRESH)
        for n, _, mime, _ in _shown(lesson)
        if mime.startswith("application/vnd.jupyter.widget")
    ]


def kernel_is_python3(lesson):
    name = lesson.nb.metadata.get("kernelspec", {}).get("name")
    if name == "python3":
        return []
    return [lesson.complain(None, "the kernel python3", repr(name), REFRESH)]


def nearly_all_compared(lesson):
    loose = [
        n for n, cell in lesson.code if not is_compared(cell) and cell.execution_count is not None
    ]
    if len(loose) <= UNCOMPARED_CELLS:
        return []
    return [
        lesson.complain(
            loose[-1],
            f"at most {UNCOMPARED_CELLS} cells whose output is not compared",
            f"{len(loose)} (cells {loose})",
            "show a consequence that is the same on every run",
        )
    ]


def _shown(lesson):
    """(cell number, output, mime type, data) of all that is displayed."""
    for n, cell in lesson.code:
        for out in cell.outputs:
            for mime, data in out.get("data", {}).items():
                yield n, out, mime, data


RULES = [
    run_in_order,
    results_numbered_as_their_cells,
    outputs_were_not_cleared,
    errors_are_announced,
    announced_errors_happen,
    nothing_on_stderr,
    pictures_are_png,
    pictures_are_small,
    pictures_have_words,
    file_is_small,
    no_volatile_metadata,
    kernel_is_python3,
    nearly_all_compared,
]
