# `make run` and `make test` are all that is needed; each sets up what it lacks and repeats nothing.
# Another Python: make run PYTHON=python3.13      Another port: make run PORT=8600

PYTHON ?= python3
PORT ?= 8501
CHROMIUM ?= $(shell for name in chromium chromium-browser google-chrome; do command -v $$name && break; done)
ENV := .venv
IN_ENV := $(ENV)/bin/python
PIP := $(IN_ENV) -m pip --disable-pip-version-check --quiet

export CHROMIUM
# Bytecode is kept, or every worker and every command that a test starts would compile everything again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run build test check chromium bench clean

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: build ## set up, build the database from data/ and serve the dashboard, printing its address
	@$(IN_ENV) -m streamlit run dashboard.py --server.port $(PORT)

build: $(ENV)/installed ## build the database from data/, unless nothing has changed
	@$(IN_ENV) -m metrics build

test: chromium check ## set up, check style and types and run every test side by side, the pages in a browser included
	@$(IN_ENV) -m pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder

check: $(ENV)/installed-for-tests ## check style and types, in seconds
	@$(IN_ENV) -m ruff check --quiet
	@$(IN_ENV) -m mypy

chromium:
	@test -n "$(CHROMIUM)" || { echo "Chromium is missing: install it (Debian: apt-get install chromium), name it with CHROMIUM=path," \
	  "or leave the tests in a browser out with CHROMIUM=none" >&2; exit 1; }

bench: $(ENV)/installed-for-tests ## measure speed and memory beside what is required; takes some minutes
	@for bench in bench/*.py; do echo "== $$bench"; PYTHONPATH=. $(IN_ENV) $$bench || echo "$$bench did not finish"; done

clean: ## remove the environment and the database; data/ is left alone
	rm -rf $(ENV) build

$(ENV)/installed: requirements.txt requirements.lock
	@echo "setting up $(ENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.11 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python's venv is missing (Debian: apt-get install python3-venv)" >&2; exit 1; }
	@$(PYTHON) -m venv $(ENV)
	@$(PIP) install $$($(IN_ENV) deploy/supply.py options)
	@touch $@

$(ENV)/installed-for-tests: requirements-test.txt $(ENV)/installed
	@echo "setting up the tests ..."
	@$(PIP) install --requirement requirements-test.txt
	@touch $@
