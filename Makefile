# install, check, test, docs, bench, demo: all a developer needs, and what CI runs.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RUNS ?= 2000
# Two at a time: what CI has; PYTEST_ARGS= runs them one by one.
PYTEST_ARGS ?= -n 2

.PHONY: install demo test check docs bench clean

install: $(READY)

# The stamp depends on pyproject.toml alone: a second call does no set-up again.
$(READY): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) not found; install it with its venv module, or set PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(READY)

demo: $(READY)
	$(BIN)/foedus run kazakhstan-2022 --runs $(RUNS) --seed 1 --out out
	@echo "Open out/report.html in a browser."

test: $(READY)
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	$(BIN)/python -m sphinx -W -q -b html docs docs/_build/html

# Mesa, the rival that the streets are timed against, is installed for this alone.
bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m benchmarks.run

clean:
	rm -rf $(VENV) out docs/_build
