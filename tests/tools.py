"""System programs that some tests need: missing, they skip at home and fail in CI."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def need(*names):
    """The path of the first of these programs that is here."""
    for name in names:
        if path := shutil.which(name):
            return path
    missing = f"needs the program {' or '.join(names)}, which is not on PATH"
    if os.environ.get("NETLAB_CI"):
        pytest.fail(f"{missing}; NETLAB_CI is set, so .ci/run should have installed it")
    pytest.skip(missing)


def need_module(name):
    """Skip the whole test file where this Python package is missing; fail in CI."""
    if importlib.util.find_spec(name):
        return
    missing = f"needs the package {name}, which is not installed"
    if os.environ.get("NETLAB_CI"):
        pytest.fail(f"{missing}; NETLAB_CI is set, so `lab.py install --dev` should have got it")
    pytest.skip(missing, allow_module_level=True)


def load(path):
    """Import a script that belongs to no package, such as tools/lab.py."""
    name = Path(path).stem
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ROOT / path)
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]
