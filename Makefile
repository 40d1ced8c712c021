# The front door. `make` alone lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_FLAGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: $(VENV)/.lab ## Open the quickstart in JupyterLab on the demo tenant
	@mkdir -p .demo && cp -n notebooks/*.ipynb .demo/
	$(BIN)/python -m jupyterlab $(if $(filter 0,$(shell id -u)),--allow-root) --notebook-dir=.demo \
	  --LabApp.default_url=/lab/tree/01-quickstart.ipynb $(DEMO_FLAGS)

test: $(VENV)/.test $(VENV)/.chromium check ## Run every check and every test, the browser's too
	$(BIN)/python -m pytest

check: $(VENV)/.test ## Lint, format, types, imports, notebooks without outputs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nbstripout --verify notebooks/*.ipynb

clean: ## Remove what was built here
	rm -rf $(VENV) .demo dist build screenshots .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.lab: pyproject.toml $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[lab]'
	@touch $@

$(VENV)/.test: pyproject.toml $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ $(VENV)/.lab

# The browser tests take a Chromium that is there; else Debian's as root; else Playwright's own.
$(VENV)/.chromium: $(VENV)/.test
	@if command -v chromium || command -v chromium-browser || command -v google-chrome; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq chromium; \
	else $(BIN)/python -m playwright install chromium; fi
	@touch $@
