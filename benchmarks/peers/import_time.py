"""How long an import takes (s) where a notebook's kernel is loaded already. Argument: a module."""

import importlib
import sys
import time

import ipykernel.kernelapp  # noqa: F401  what every kernel has imported before the first cell

start = time.perf_counter()
importlib.import_module(sys.argv[1])
print(time.perf_counter() - start, flush=True)
