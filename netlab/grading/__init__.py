"""nbgrader's plug-in: nbgrader's own commands, and marks by the referee that answers check().

A teacher's nbgrader_config.py calls `configure`. nbgrader hands out, collects, keeps the gradebook
and writes feedback; what a submission is worth is read (reading.py) and judged (judging.py) here,
and nothing of it runs but in the referee's closed process. Nobody else imports nbgrader.
"""

from __future__ import annotations

import os
import sys
import warnings
from importlib.util import find_spec
from typing import Any

if find_spec("nbgrader") is None:
    raise ModuleNotFoundError(
        "netlab.grading is for teachers and needs nbgrader; install it with: "
        'pip install "netlab-course[teach]"',
        name="nbgrader",
    )


def configure(c: Any, seed: str) -> None:
    """Let nbgrader's commands hand out netlab's lessons and grade them by the referee.

    c: what get_config() returned. seed: a secret word of this class, from which every student's
    own test data are drawn; the same word gives the same grades again. ValueError without one.
    """
    if not isinstance(seed, str) or not seed.strip():
        raise ValueError('configure(c, seed="...") needs a secret word of this class')
    from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
    from nbgrader import preprocessors as stock

    from netlab.grading.feedback import OnlyExercises
    from netlab.grading.handout import KeepStubs, OnlyOurs, Stamp
    from netlab.grading.judging import Judge
    from netlab.grading.restoring import Restore
    from netlab.grading.submission import Submission, tidy

    # nbgrader starts the program alembic, which stands beside this Python, .venv active or not
    os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    # nbgrader 0.9.6 under SQLAlchemy 2.1: said three times for each submission, without effect
    warnings.filterwarnings("ignore", message="Object of type <Submitted")
    c.Judge.seed = seed
    c.GenerateAssignment.preprocessors = [
        stock.IncludeHeaderFooter,
        OnlyOurs,
        Stamp,
        stock.LockCells,
        KeepStubs,
        stock.ClearOutput,
        stock.CheckCellMetadata,
        stock.ComputeChecksums,
        stock.SaveCells,
        stock.ClearHiddenTests,
        stock.ClearMarkScheme,
        stock.ComputeChecksums,
        stock.CheckCellMetadata,
    ]
    c.Autograde.pre_convert_hook = tidy
    c.Autograde.exporter_class = Submission
    c.Autograde.sanitize_preprocessors = [Restore]
    c.Autograde.autograde_preprocessors = [Judge, stock.SaveAutoGrades, stock.AssignLatePenalties]
    c.GenerateFeedback.preprocessors = [stock.GetGrades, OnlyExercises, CSSHTMLHeaderPreprocessor]
