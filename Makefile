# Everything a developer types. `make` alone lists it.
# The work is done by tools/ (Python, standard library); here only the environment is made.

SHELL := /bin/sh
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && exit; done; echo python3)
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python tools/embedded.py run

.DEFAULT_GOAL := help
.PHONY: help demo test test-deep manage bench lint format lock

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: $(VENV)/demo.stamp ## run the whole platform: http://localhost:8000 (PORT=…, RESET=1 starts over, ATLAAS_VAR=… moves its state)
	@PORT="$(PORT)" RESET="$(RESET)" exec $(BIN)/python tools/demo.py

test: $(VENV)/dev.stamp ## run the whole suite on throw-away services (ARGS="…" goes to pytest)
	@exec $(BIN)/python tools/run_tests.py $(ARGS)

test-deep: $(VENV)/dev.stamp ## the same with the long checks
	@ATLAAS_DEEP=1 exec $(BIN)/python tools/run_tests.py $(ARGS)

manage: $(VENV)/demo.stamp ## run a management command on the demo's data: make manage ARGS="shell"
	@exec $(RUN) -- $(BIN)/python manage.py $(ARGS)

bench: $(VENV)/dev.stamp ## measure the pages on the demo's data
	@exec $(RUN) -- $(BIN)/python -m bench $(ARGS)

lint: $(VENV)/dev.stamp ## format, lint, templates, types, import contracts
	@exec $(BIN)/python tools/lint.py

format: $(VENV)/dev.stamp ## let the formatters rewrite the sources
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix . && $(BIN)/djlint templates --reformat --quiet

lock: $(VENV)/dev.stamp ## lock the requirements again
	@exec $(BIN)/python tools/lock.py

$(VENV)/%.stamp: requirements/%.txt tools/bootstrap.py
	@python="$(PYTHON)"; command -v "$$python" >/dev/null || \
		{ echo "Python 3.11 or newer is needed and none was found: set PYTHON=/path/to/python3" >&2; exit 1; }; \
		exec "$$python" tools/bootstrap.py $(VENV) $<
