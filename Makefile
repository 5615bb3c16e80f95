# Everything a person does with the project. Needs Python 3.11 or later, git and make; nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.site-ready
TEST_SETUP := $(VENV)/.test-ready
LINT_SETUP := $(VENV)/.lint-ready
PEERS := tests/peers/node_modules/.package-lock.json
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CHROMIUM = TRACKER_CHROMIUM="$$($(BIN)/python tests/browser_path.py)"
TEST = $(CHROMIUM) $(BIN)/python $(MEASURE) -m pytest -n auto --dist worksteal

export NO_MKDOCS_2_WARNING := 1

.PHONY: help site serve check setup diff schema test test-all lint bench weights lock clean

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /: /'

site: $(SETUP) ## Build the whole site into site/
	@$(BIN)/tracker build

serve: $(SETUP) ## Preview while editing, at http://127.0.0.1:8000/
	@$(BIN)/tracker serve $(if $(TRACKER_LANG),--lang $(TRACKER_LANG))

check: $(SETUP) ## Check data/ and docs/
	@$(BIN)/tracker check

setup: $(SETUP) ## Set up what the commands need, and do nothing else

diff: $(SETUP) ## Tell what readers will see change (REV=main: against main)
	@$(BIN)/tracker diff $(REV)

schema: $(SETUP) ## Renew the schemas for editors, from the model and data/
	@$(BIN)/tracker schema

test: $(TEST_SETUP) ## Run the tests, a real browser included
	@$(TEST)

test-all: export COVERAGE_FILE := $(CURDIR)/.coverage
test-all: MEASURE := -m coverage run
test-all: $(TEST_SETUP) $(PEERS) ## Run the slow tests too, and those that need Node.js, Java, nginx and LibreOffice; measure coverage
	@command -v java >/dev/null || { echo "make test-all needs Java 17 or later, and it is not here: as root on Debian, apt-get install default-jre-headless"; exit 1; }
	@command -v soffice >/dev/null || { echo "make test-all needs LibreOffice Writer, and it is not here: as root on Debian, apt-get install libreoffice-writer-nogui"; exit 1; }
	@$(BIN)/coverage erase
	@$(MAKE) --no-print-directory test MEASURE="$(MEASURE)"
	@$(TEST) -m "peers or slow"
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

lint: $(LINT_SETUP) ## Check format, style, types and the direction of imports
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/vulture

$(PEERS): tests/peers/package-lock.json
	@command -v node >/dev/null && command -v npm >/dev/null || { echo "make test-all needs Node.js 18.20 or later with npm, and they are not here: see https://nodejs.org/ or, as root on Debian, apt-get install nodejs npm"; exit 1; }
	@cd tests/peers && npm ci --no-progress --loglevel=error
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv $(VENV)

$(SETUP): requirements.lock pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(TEST_SETUP): requirements-test.lock $(SETUP)
	$(INSTALL) --require-hashes -r requirements-test.lock
	@touch $@

$(LINT_SETUP): requirements-lint.lock $(SETUP)
	$(INSTALL) --require-hashes -r requirements-lint.lock
	@touch $@

bench: $(SETUP) ## Measure builds and previews on invented organs (N="15 150", RUNS=3, AGAINST="NAME=COMMAND": another tracker in turns)
	@$(BIN)/python -m benchmarks $(N) $(if $(RUNS),--runs $(RUNS)) $(if $(AGAINST),--against "$(AGAINST)")

weights: $(TEST_SETUP) site ## Print how many bytes a first visit to each kind of page takes
	@$(CHROMIUM) $(BIN)/python -m tests.weight

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock"

lock: ## Renew the locks (needs uv)
	$(COMPILE) --group build pyproject.toml -o requirements.lock
	$(COMPILE) -c requirements.lock --group test -o requirements-test.lock
	$(COMPILE) -c requirements.lock -c requirements-test.lock --group lint -o requirements-lint.lock

clean: ## Remove what was made
	rm -rf $(VENV) site .site.build tests/peers/node_modules .coverage .coverage.*
