PYTHON ?= .venv/bin/python

.PHONY: setup test exam lint types docs screenshots bench golden fuzz mutants coverage check

setup:  ## make .venv and install the package with what the tests need
	python3 -m venv .venv
	.venv/bin/python -m pip install -e '.[test,docs,fuzz]'

test:
	$(PYTHON) -m pytest -n auto

exam: coverage mutants  ## the long examinations
	$(PYTHON) -m pytest -m exam
	$(PYTHON) -m tests.benchmarks.hostile

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m mypy

docs:  ## build the documentation in build/site, without a warning
	NO_MKDOCS_2_WARNING=1 $(PYTHON) -m mkdocs build --strict --quiet

screenshots:  ## take the pictures of the documentation again; needs Chromium
	$(PYTHON) -m tools.screenshots

bench:  ## print ratios measured in one run
	$(PYTHON) -m tests.benchmarks

golden:  ## rewrite the expected outputs, to be read as a diff
	$(PYTHON) -m tools.golden

fuzz:  ## look for an input that breaks an invariant, for an hour; needs the extra `fuzz` (Linux)
	$(PYTHON) -m tests.promises.fuzz .fuzz -max_total_time=3600 -rss_limit_mb=16000

mutants:  ## how many of 300 small faults in stages/ and e164/ the tests notice
	$(PYTHON) -m tools.mutation

coverage:  ## branch coverage, of at least 95 %
	$(PYTHON) -m pytest -n auto --cov --cov-report=term-missing:skip-covered

check: lint types test  ## what CI runs
