# Two commands do everything: `make run` and `make test`. `make help` lists the rest.

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app app
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test

.PHONY: help run serve test test-fast soak soak-mail proxied bench check lint format lock content browser-ready java-ready proxy-ready pictures clean
.DEFAULT_GOAL := help

help: ## list these commands
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUN_READY) ## the site with fictional people in it, at http://127.0.0.1:8000 (PORT=8001 make run: elsewhere)
	@TRAINING_BASE_URL=http://127.0.0.1:$(PORT) TRAINING_DEVELOPMENT=yes $(FLASK) serve --demo

serve: $(RUN_READY) ## the site for real use; settings in docs/settings.md
	@$(FLASK) serve

test: $(TEST_READY) browser-ready java-ready proxy-ready ## every test: SQLite, a real PostgreSQL, Chromium
	@$(BIN)/python -m tests.run

test-fast: $(TEST_READY) java-ready ## the tests that need neither PostgreSQL nor Chromium
	@$(BIN)/pytest -n 2 -q -m "not browser"

soak: $(TEST_READY) ## play for half an hour on each database while everything is killed (ARGUMENTS="--minutes 5")
	@$(BIN)/python -m tests.faults.soak $(ARGUMENTS)

soak-mail: $(TEST_READY) ## send to 10,000 on each database while the senders are killed (ARGUMENTS="--recipients 1000")
	@$(BIN)/python -m tests.faults.mail $(ARGUMENTS)

proxied: $(TEST_READY) browser-ready proxy-ready ## the browser tests on two hosts behind nginx, each killed again and again (ARGUMENTS=a test's file, --pause SECONDS)
	@$(BIN)/python -m tests.faults.behind_a_proxy $(ARGUMENTS)

pictures: $(TEST_READY) browser-ready ## pictures of every page, light and dark, phone and desktop, in build/pictures/index.html
	@$(BIN)/python -m tests.browser.pictures build/pictures $(ARGUMENTS)

bench: $(TEST_READY) ## the site beside the least that an honest step needs, on both databases (ARGUMENTS="--seconds 1")
	@$(BIN)/python -m bench.run $(ARGUMENTS)

check: $(TEST_READY) lint content test ## the whole gate, as CI runs it

lint: $(TEST_READY) ## format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

content: $(RUN_READY) ## check every text below content/
	@$(FLASK) content check content

format: $(TEST_READY) ## put the code into its one form
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

lock: $(TEST_READY) ## pin requirements*.in to requirements*.txt, with hashes
	@$(BIN)/python -m pip install --quiet uv
	@for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $$name.in -o $$name.txt; done

browser-ready:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium for the browser tests."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	  else \
	    echo "The browser tests need Chromium and it is not here. Install the package “chromium”, then run this again."; \
	    exit 1; \
	  fi; }

java-ready:
	@command -v java >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing a Java runtime for the HTML checker."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq default-jre-headless >/dev/null; \
	  else \
	    echo "The test of the pages' HTML needs Java and it is not here. Install a Java runtime, then run this again."; \
	    exit 1; \
	  fi; }

# Installed for its program alone: no service of it is wanted.
proxy-ready:
	@PATH=$$PATH:/usr/sbin; { command -v nginx && command -v openssl; } >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing nginx for the tests behind a proxy."; \
	    apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
	      apt-get install -y -qq --no-install-recommends nginx-light openssl >/dev/null; \
	  else \
	    echo "The tests behind a proxy need nginx and openssl. Install “nginx-light” and “openssl”, then run this again."; \
	    exit 1; \
	  fi; }

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Zanshin needs Python 3.11 or newer.")'
	@echo "Making the environment in $(VENV)."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUN_READY): requirements.txt | $(VENV)/.made
	@echo "Installing what the site needs (a minute, the first time)."
	@if command -v uv >/dev/null; then VIRTUAL_ENV=$(VENV) uv pip install --quiet --compile-bytecode --require-hashes -r $<; \
	  else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<; fi
	@touch $@

$(TEST_READY): requirements-dev.txt $(RUN_READY)
	@echo "Installing what the tests need."
	@if command -v uv >/dev/null; then VIRTUAL_ENV=$(VENV) uv pip install --quiet --compile-bytecode --require-hashes -r $<; \
	  else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<; fi
	@touch $@

clean: ## forget the environment and caches; never the instance folder
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build
