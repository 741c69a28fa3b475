# make report      builds every event in content/ into output/
# make test        checks style and types, and runs the tests
# make test-slow   runs the tests that take their time
#
# Each sets up what it needs first, and does that once: Debian packages, .venv, the package itself.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

# The text engine that WeasyPrint sets type with.
RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# To look at what was made: text of PDFs, Word files as Word would set them, veraPDF, colours of a
# press; a mail server of our own to send to, and a browser to see messages in.
TEST_PACKAGES := poppler-utils libreoffice-writer-nogui fonts-liberation default-jre-headless \
	libgs-common postfix dovecot-core openssl procps chromium
# What runs d3-cloud, to measure beside; pandoc and Typst come from PyPI.
BENCH_PACKAGES := nodejs npm

# By which editors complete an event and check it as one types.
SCHEMA := content/event.schema.json
MODEL := $(wildcard src/report_builder/content/*.py src/report_builder/content/sections/*.py)

.PHONY: report test test-slow soak bench bench-quick lint format pictures clean
.DEFAULT_GOAL := report
.DELETE_ON_ERROR:

report: $(VENV)/.report $(SCHEMA)
	$(BIN)/report-builder build

test: $(VENV)/.test lint
	$(BIN)/pytest -n auto --dist worksteal -m "not slow"

# What takes its time: hundreds of pages, hostile files, large posters, a package installed anew.
test-slow: $(VENV)/.test
	$(BIN)/pytest -n auto --dist worksteal -m slow

# Kills 200 runs and cuts 200 connections in each of two ways, over 1,200 recipients: some ten minutes.
soak: $(VENV)/.test
	SOAK=200 $(BIN)/pytest tests/mail/test_interrupted.py -s -q

# Measured beside other programs, five times in turn, into docs/performance.md: most of an hour. It fails where this
# program has become slow; “make bench BENCH=--accept” keeps the figures of today to compare with.
bench: $(VENV)/.bench
	$(BIN)/python benchmarks/speed.py $(BENCH)

# The same of what is done most, in a minute or two.
bench-quick: $(VENV)/.bench
	$(BIN)/python benchmarks/speed.py --quick $(BENCH)

lint: $(VENV)/.test
	$(BIN)/ruff format --check -q
	$(BIN)/ruff check -q
	$(BIN)/mypy

format: $(VENV)/.test
	$(BIN)/ruff format -q
	$(BIN)/ruff check -q --fix

# The pictures in README.md and docs/, drawn anew from the real outputs.
pictures: $(VENV)/.test report
	$(BIN)/python docs/images/draw.py
	$(BIN)/python docs/images/page.py
	$(BIN)/python docs/images/themes.py
	$(BIN)/python docs/images/gallery.py

$(SCHEMA): $(VENV)/.report $(MODEL)
	$(BIN)/report-builder schema > $@

clean:
	rm -rf $(SCHEMA) $(VENV) dist .mypy_cache .pytest_cache .ruff_cache

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); .ci/debian-packages python3-venv && $(PYTHON) -m venv $(VENV); }
	$(PIP) install -c constraints.txt pip
	@touch $@

$(VENV)/.report: $(VENV)/.venv pyproject.toml constraints.txt
	@.ci/debian-packages $(RUN_PACKAGES)
	$(PIP) install -c constraints.txt -e .
	$(BIN)/python -m compileall -q src  # as an install that is no checkout does
	@touch $@

$(VENV)/.test: $(VENV)/.report
	@.ci/debian-packages $(TEST_PACKAGES)
	$(PIP) install -c constraints.txt --group lint --group test
	@touch $@

$(VENV)/.bench: $(VENV)/.test benchmarks/d3/package.json
	@.ci/debian-packages $(BENCH_PACKAGES)
	$(PIP) install -c constraints.txt --group benchmark
	npm install --silent --no-audit --no-fund --prefix benchmarks/d3
	@touch $@
