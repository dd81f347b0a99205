"""The cut-point explorer without a browser: its picture, its controls, its end."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from ipywidgets import Widget  # type: ignore[import-untyped]

from netlab import CutPointExplorer
from netlab.exercises.cuts.readers import read_framed, read_line, read_request, read_until_short

FOUR: dict[Any, Any] = {
    read_until_short: b"lamp=on;t=21\n",
    read_request: b"GET /lamp\r\n\r\n",
    read_line: [b"on;21\n", b"off;21\n"],
    read_framed: b"\0\0\0\x09lamp = on",
}


def words(picture: str) -> str:
    return html.unescape(re.sub("<[^>]+>", " ", picture))


@pytest.mark.parametrize(
    ("state", "said", "right"),
    [
        ((0, 0, 13), "No cut: 1 of 4 readers fails.", "✓✓✗✓"),
        ((3, 10, 13), "Pieces of 3, 7, 3 bytes: 4 of 4 readers fail.", "✗✗✗✗"),
        ((6, 0, 13), "Pieces of 6, 7 bytes: 1 of 4 readers fails.", "✗✓✓✓"),
        ((0, 0, 1), "Pieces of 13 × 1 bytes: 3 of 4 readers fail.", "✗✗✓✗"),
    ],
)
def test_render_says_who_fails(state: tuple[int, int, int], said: str, right: str) -> None:
    with CutPointExplorer(FOUR) as explorer:
        picture = explorer.render(*state)
        assert explorer.render(*state) == picture  # pure
    assert said in words(picture)
    assert "".join(re.findall("[✓✗]", picture)) == right
    assert "The pieces are scripted; the readers really run" in picture
    assert picture.count('role="img" aria-label="Ruler of ') == 4


def test_the_picture_follows_the_sliders() -> None:
    with CutPointExplorer(FOUR) as explorer:
        before = explorer.picture.value
        explorer.controls["first"].value = 3
        assert explorer.picture.value != before
        assert explorer.picture.value == explorer.render(3, 0, 13)
        assert explorer.state == {"first": 3, "second": 0, "largest": 13}


def test_its_height_does_not_hang_on_the_state() -> None:
    with CutPointExplorer(FOUR) as explorer:
        heights = {
            tuple(re.findall(r'viewBox="[^"]*"|height:[^;"]*', explorer.render(first, 0, largest)))
            for first in range(14)
            for largest in (1, 13)
        }
    assert len(heights) == 1


def test_bytes_are_escaped() -> None:
    with CutPointExplorer({lambda sock: sock.recv(9): b"<b>&amp;"}) as explorer:
        assert "<b>&amp;" not in explorer.picture.value.replace("</b>", "")
        assert "your reader" in explorer.picture.value


@pytest.mark.parametrize(
    ("readers", "kind", "sentence"),
    [
        ({}, TypeError, r'expected \{reader: \[b"a message"\]\}'),
        ([read_line], TypeError, "expected"),
        ({read_line: "text"}, TypeError, "messages are bytes"),
        ({read_line: []}, ValueError, "expected 1 to 32 bytes for read_line; got 0"),
        ({read_line: bytes(33)}, ValueError, "got 33"),
        ({"read_line": b"a\n"}, TypeError, "a reader is a function of a socket; got 'read_line'"),
        ({int: b"a\n"}, TypeError, "a reader that is a class has readline"),
    ],
)
def test_what_cannot_be_shown(readers: Any, kind: type[Exception], sentence: str) -> None:
    with pytest.raises(kind, match=sentence):
        CutPointExplorer(readers)


def test_nothing_is_left() -> None:
    from ipywidgets.widgets.widget import _instances  # type: ignore[import-untyped]

    with CutPointExplorer(FOUR):
        pass
    before = len(_instances)
    explorer = CutPointExplorer(FOUR)
    assert len(_instances) > before
    assert isinstance(explorer.picture, Widget)
    for value in range(200):
        explorer.controls["first"].value = value % 14
    explorer.close()
    explorer.close()
    assert len(_instances) == before


def test_its_words_are_fixed() -> None:
    with CutPointExplorer(FOUR) as explorer:
        plain = explorer._repr_mimebundle_()["text/plain"]
        assert plain == repr(explorer)
        assert plain == (
            "Cut-point explorer: 4 readers, each on its own stream of bytes. "
            "Three sliders move the cuts."
        )
