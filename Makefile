# The front door: `make` alone prints what there is.
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python

# Quick tests: no browser, nothing that takes more than a few seconds.
QUICK := not slow and not browser

# Branch coverage doubles the time of the quick tests on Python 3.11: CI measures it.
COVERAGE := $(if $(CI),--cov --cov-report=term-missing:skip-covered)

# A process a core; one that is done takes over half of what another has left, in order.
CORES := -n auto --dist worksteal

# What is compiled is kept, or each process that the tests start compiles it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup embed argos demo run test check style lint format types contracts quick bench soak lock clean

help: ## Print the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

# --- use

demo: $(VENV)/.runtime ## Run everything on the bundled sample web: no network, no model (result: output/demo/)
	$(PY) -m aggregator demo

run: $(VENV)/.runtime ## Read the live sources of sources.yaml once and publish to output/
	$(PY) -m aggregator run

setup: $(VENV)/.runtime ## Install what the program needs into .venv; demo and run do it by themselves

embed: $(VENV)/.embed ## Add vectors of texts, by which topics are told in all languages (docs/topics.md)

argos: $(VENV)/.argos ## Add the Argos translation engine (what that brings: docs/decisions/0002-argos-translate-lt.md)

# --- work on it

test: quick ## Run all tests, the quick ones first
	$(PY) -m pytest $(CORES) -m "not ($(QUICK))"

check: style lint types contracts quick ## All but the slow tests, under 5 minutes: what to run before a commit

style: $(VENV)/.dev ## Is the code formatted?
	$(PY) -m ruff format --check .

lint: $(VENV)/.dev ## Rules of style and of safety
	$(PY) -m ruff check .

types: $(VENV)/.dev ## Types, strictly
	$(PY) -m mypy

contracts: $(VENV)/.dev ## Who may import whom
	$(VENV)/bin/lint-imports

quick: $(VENV)/.dev ## The quick tests; `make quick COVERAGE=--cov` says which lines they miss
	$(PY) -m pytest $(CORES) -m "$(QUICK)" $(COVERAGE)

soak: $(VENV)/.dev ## A backlog translated by a run that is killed 20 times, on both databases (by hand: ten minutes)
	$(PY) -m bench.translate.kills

bench: $(VENV)/.dev $(VENV)/peer/.made ## How polite; how fast beside the peer `reader` and Argos' own way (by hand: half an hour)
	$(PY) -m bench.manners
	$(PY) -m bench.acquire --peer $(VENV)/peer/bin/python
	$(PY) -m bench.translate.speed

$(VENV)/peer/.made:
	$(PY) -m venv $(VENV)/peer
	$(VENV)/peer/bin/python -m pip install -q reader sgmllib3k    # a library it imports and does not name
	touch $@

format: $(VENV)/.dev ## Format the code and mend what can be mended by machine
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock: ## Write the lock files anew from pyproject.toml (needs uv; UPGRADE=--upgrade takes newest versions)
	scripts/lock $(UPGRADE)

clean: ## Remove .venv and all caches; output/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
	find aggregator tests -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp a level, so that a second call does no work.
$(VENV)/.runtime: requirements.lock
$(VENV)/.embed: locks/embed.lock
$(VENV)/.argos: locks/argos.lock
$(VENV)/.dev: locks/dev.lock
$(VENV)/.%: pyproject.toml locks/build.lock scripts/setup
	@scripts/setup $*
