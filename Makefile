# Every target works on a fresh machine that has Python 3.11 or newer, make, and a package registry.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
STYLES := src/alongside/site/static/built/fonts.css
CATALOGS := $(patsubst %.po,%.mo,$(wildcard src/alongside/locale/*/LC_MESSAGES/django.po))
BUILT := $(STYLES) $(CATALOGS)
export DJANGO_SETTINGS_MODULE = alongside.site.settings

.PHONY: run test check bench docs pictures styles catalogs demands attacks env clean

run: .venv/.installed $(BUILT)
	@$(BIN)/alongside serve --demo-if-empty --port $(PORT)

test: env $(BUILT)
	@$(PYTHON) tools/machine.py browser
	$(BIN)/python -m pytest -n logical --dist loadfile $(ARGS)

check: env $(BUILT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint src --lint --quiet
	$(BIN)/python -m django check --fail-level WARNING
	$(BIN)/python -m django makemigrations --check --dry-run

bench: env $(BUILT)
	$(BIN)/python -m tools.bench $(ARGS)

docs: env $(BUILT)
	$(BIN)/python tools/docs.py $(ARGS)

pictures: env $(BUILT)
	@$(PYTHON) tools/machine.py browser
	$(BIN)/python -m tools.pictures $(ARGS)

demands: env
	@$(BIN)/python tools/demands.py $(ARGS)

attacks: env $(BUILT)
	$(BIN)/python tools/attacks.py $(ARGS)

styles: $(STYLES)

catalogs: $(CATALOGS)

env: .venv/.dev .venv/.installed

clean:
	rm -rf .venv node_modules src/alongside/site/static/built src/alongside/foundations/built src/*.egg-info
	rm -f $(CATALOGS)
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# What is installed, and only anew when a lock has changed.
.venv/bin/python:
	@$(PYTHON) tools/machine.py venv
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.txt | .venv/bin/python
	@$(PYTHON) tools/machine.py pango
	$(PIP) --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

.venv/.installed: pyproject.toml .venv/.runtime
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# The node on the PATH, else one from a Python package. No package's own scripts are run.
$(STYLES): package.json package-lock.json .npmrc tools/styles.py .venv/.runtime
	@command -v npm >/dev/null || test -x $(BIN)/npm || $(PIP) --require-hashes -r requirements-node.txt
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --ignore-scripts --loglevel error
	$(BIN)/python tools/styles.py

# What the papers say in other languages, as the program reads it.
%.mo: %.po tools/catalogs.py .venv/.runtime
	$(BIN)/python tools/catalogs.py
