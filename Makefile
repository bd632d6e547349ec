# `make` lists the targets. Everything is installed into .venv; nothing outside this folder changes,
# except for the Debian packages of `make system`.

.DEFAULT_GOAL := help
.PHONY: help run dashboard bench screenshots reports test test-slow mutate check format setup system clean

# The first of these that runs and is new enough; `make PYTHON=...` chooses another.
PYTHON = $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

# Debian packages that the project needs. A Python that lacks ensurepip cannot make a .venv;
# WeasyPrint writes PDF with Pango; the tests look at pages in Chromium.
SYSTEM_PACKAGES = $(shell $(or $(PYTHON),false) -c 'import ensurepip' 2>/dev/null || echo python3-venv) \
	libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
	$(shell command -v chromium >/dev/null || command -v google-chrome >/dev/null || echo chromium)

BIN := .venv/bin
MODELS := mobilenet_v1 mobilenet_v2 mobilenet_v3_large mobilenet_v3_small
RESULTS := build/run
outputs = $(foreach suffix,csv json md,-o $(RESULTS)/$(1).$(suffix))

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: setup ## the main job: layer tables, latency and claims of the MobileNets, a report, files in build/run/
	@mkdir -p $(RESULTS)
	@set -e; for model in $(MODELS); do \
		printf '\n==== %s: cost by layer\n\n' $$model; \
		$(BIN)/archcalc count $$model $(call outputs,$$model) -o $(RESULTS)/$$model.xlsx; \
	done
	@set -e; for model in $(MODELS); do \
		printf '\n==== %s: measured latency by layer\n\n' $$model; \
		$(BIN)/archcalc measure $$model --layers $(call outputs,$$model.latency); \
	done
	@printf '\n==== every claim of the papers, printed against computed\n\n'
	@$(BIN)/archcalc check $(call outputs,claims)
	@printf '\n==== a report on mobilenet_v2, with a quick look at its latency\n\n'
	@$(BIN)/archcalc report mobilenet_v2 --quick -o $(RESULTS)
	@printf '\nAll tables are in %s/ as csv, json and md, layers also as workbooks.\n' $(RESULTS)

dashboard: setup ## open the dashboard in a browser; make dashboard ARGS="--port 8600 --no-browser"
	@$(BIN)/archcalc dashboard $(ARGS)

bench: setup ## variants a second beside fvcore and other counters, growth, the dashboard's waits; also as build/bench.json
	@mkdir -p build
	$(BIN)/python -m benchmarks -o build/bench.json
	$(BIN)/python -m benchmarks.dashboard

screenshots: setup ## the pictures of the dashboard in docs/, taken anew; ONLY="latency papers"
	$(BIN)/python docs/screenshots.py $(ONLY)

reports: setup ## the standard reports in reports/, built anew; LATENCY=1 measures latencies again
	$(BIN)/python -m archcalc.output.exporting -o reports $(if $(LATENCY),--latency)

# Each process that a test starts would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

# two workers; one that is idle takes tests from the other
WORKERS = -n 2 --dist worksteal

test: check ## format, lint, types and the tests that are not slow
	$(BIN)/pytest $(WORKERS) -m "not slow"

SLOW = slow
test-slow: setup ## the slow tests, then those that time something, one at a time; SLOW=ci: one of each kind
	$(BIN)/pytest $(WORKERS) -m "$(SLOW) and not alone"
	$(BIN)/pytest -m "$(SLOW) and alone"

mutate: setup ## how many mutants of the core the tests find; ARGS="-n 20 --of language/ops --seed 1"
	$(BIN)/python -m tests.mutate $(ARGS)

check: setup ## format, lint and types, without the tests
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

format: setup ## format the code and mend what ruff can mend
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

setup: .venv/.installed ## make .venv and install archcalc[all] into it, again only when its needs change

.venv/.installed: pyproject.toml constraints.txt | system
	@[ -n "$(PYTHON)" ] || { echo "archcalc needs Python 3.11 or newer, and found none. Name one: make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[all]'
	@touch $@

system: ## on Debian as root, install the system packages that are missing; elsewhere name them
	@for package in $(SYSTEM_PACKAGES); do \
		dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null | grep -qx installed || missing="$$missing $$package"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then sudo=; else sudo="sudo -n"; fi; \
	if [ -e /etc/debian_version ] && $$sudo true 2>/dev/null; then \
		$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive \
			apt-get install -qq --no-install-recommends $$missing || echo "apt-get failed; going on without:$$missing"; \
	else \
		echo "not Debian as root, so not installed:$$missing"; \
	fi

clean: ## remove results and caches; .venv stays
	rm -rf build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find archcalc tests -name __pycache__ -prune -exec rm -rf {} +
