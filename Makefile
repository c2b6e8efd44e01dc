# Everything a person needs: `make chat` to try the bot, `make test` to test it.  Only Python 3.11 or later is needed.
SHELL := /bin/sh
.DEFAULT_GOAL := help

# The first Python here that is new enough; name another with `make PYTHON=/path/to/python3.12 chat`.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: help chat test check docs run simulate clean

help:
	@echo "make chat       talk with the bot in this terminal (reads the sample news first)"
	@echo "make test       run the tests"
	@echo "make check      format, lint, types and documentation"
	@echo "make docs       build the documentation into site/"
	@echo "make simulate   the bot in a browser, in a chat that looks like Telegram"
	@echo "make run        the bot in Telegram (needs GOVNEWS_TOKEN, see .env.example)"
	@echo "make clean      remove the environment that the others made"

chat: .venv/installed
	@$(BIN)/govnews sample
	@$(BIN)/govnews chat

simulate: .venv/installed
	@$(BIN)/govnews sample
	@$(BIN)/govnews simulate

run: .venv/installed
	@$(BIN)/govnews run

test: .venv/tests
	@$(BIN)/python -m pytest $(ARGS)

check: .venv/checks
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/mypy docs/_hooks/reference.py
	@$(BIN)/python -m pytest tests/test_docs.py
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

docs: .venv/checks
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	@echo "Open site/index.html"

clean:
	rm -rf .venv

# One stamp for each set of packages, older than pyproject.toml when that has changed.
.venv/installed: pyproject.toml | $(BIN)/python
	@echo "Installing the bot and what it needs into .venv ..."
	@$(PIP) --editable .
	@touch $@

.venv/tests: pyproject.toml .venv/installed
	@$(PIP) --editable '.[test]'
	@touch $@

.venv/checks: pyproject.toml .venv/installed
	@$(PIP) --editable '.[dev]'
	@touch $@

# Debian leaves ensurepip out of python3: then pip comes from another package of the system, or a sentence says what to do.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "The bot needs Python 3.11 or later, and none was found here. Install it, or name it: make PYTHON=/path/to/python $(MAKECMDGOALS)" >&2; exit 1; }
	@if $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then $(PYTHON) -m venv .venv; \
	elif $(PYTHON) -c 'import virtualenv' 2>/dev/null; then $(PYTHON) -m virtualenv --quiet .venv; \
	elif $(PYTHON) -c 'import pip, venv' 2>/dev/null; then \
		$(PYTHON) -m venv --without-pip .venv && $(PYTHON) -m pip --python .venv/bin/python install --quiet pip; \
	else echo "This Python ($(PYTHON)) cannot make environments: its venv module is missing. On Debian and Ubuntu: apt install python3-venv" >&2; false; \
	fi || { rm -rf .venv; exit 1; }
