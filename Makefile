# Everything here is one line of tools/lab.py, pytest or ruff; Windows readers type those instead.
PYTHON ?= python3
N ?= 20
LAB = $(PYTHON) tools/lab.py
DEV = $(LAB) install --dev
IN = .venv/bin/python -m

.PHONY: help lab test proof soak bench browser lint refresh record reset clean

help:     ## this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/^\([a-z]*\):.*## /  make \1\t/' | expand -t 16

lab:      ## set everything up and open the lessons in JupyterLab
	@$(LAB) lab -- $(ARGS)

reset:    ## start a lesson afresh, keep what you had beside it: make reset LESSON=21
	@$(LAB) reset "$(LESSON)"

test:     ## all tests and every notebook, in five to six minutes after installation
	@$(LAB) test -- $(ARGS)

proof:    ## the tests that take longer: seeds, mutants, random schedules
	@$(DEV)
	$(IN) pytest -m proof tests $(ARGS)

soak:     ## every notebook again and again, counting every cell run: make soak N=20
	@$(DEV)
	.venv/bin/python tools/soak.py $(N)

browser:  ## the lessons in a real browser (needs Chromium)
	@$(DEV)
	$(IN) pytest -m browser tests/browser $(ARGS)

bench:    ## every figure we claim, measured again
	@$(DEV)
	$(IN) benchmarks

lint:     ## ruff and mypy
	@$(DEV)
	$(IN) ruff check .
	$(IN) ruff format --check netlab tests tools $(wildcard benchmarks)
	$(IN) mypy netlab

refresh:  ## run a notebook and save its outputs: make refresh NOTEBOOK=notebooks/...
	@$(DEV)
	.venv/bin/python tools/refresh.py $(NOTEBOOK)

record:   ## record the networks of all lessons again (needs Linux and the live network)
	@$(DEV)
	.venv/bin/python tools/refresh.py --record

clean:    ## remove .venv and caches; work/ and your answers stay
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -not -path './work/*' -prune -exec rm -rf {} +
