PYTHON ?= .venv/bin/python

.PHONY: setup test exam lint types bench golden check

setup:  ## make .venv and install the package with what the tests need
	python3 -m venv .venv
	.venv/bin/python -m pip install -e '.[test]'

test:
	$(PYTHON) -m pytest -n auto

exam:  ## the long examinations
	$(PYTHON) -m pytest -m exam

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m mypy

bench:  ## print ratios measured in one run
	$(PYTHON) -m tests.benchmarks

golden:  ## rewrite the expected outputs, to be read as a diff
	$(PYTHON) -m tests.golden

check: lint types test  ## what CI runs
