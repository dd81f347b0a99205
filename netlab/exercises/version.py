"""One netlab for a whole class: a notebook says which one it was handed out with."""

from __future__ import annotations

from importlib.metadata import version

NAME = "netlab-course"


def handed_out_with(wanted: str) -> None:
    """Say in one sentence that this is another netlab than the teacher's; nothing if it is not."""
    if mismatch := difference(wanted):
        print(mismatch)  # noqa: T201 - it is for the learner


def difference(wanted: str) -> str:
    """The sentence, or "" when the versions are equal."""
    here = version(NAME)
    if here == wanted:
        return ""
    return (
        f"This notebook was handed out with netlab {wanted}, and here is netlab {here}: "
        f"check and the grade may differ; install {NAME} {wanted}, which was handed out with it."
    )
