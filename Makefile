# The front door. `make` alone lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_FLAGS ?=
BENCH_FLAGS ?=
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test check stubs fuzz faults soak lowest package bench bench-panels bench-analysis pictures docs gallery clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*## /:/' | \
	  awk -F: '{ printf "make %-12s %s\n", $$1, $$2 }'

demo: $(VENV)/.lab ## Open the quickstart in JupyterLab on the demo tenant
	@mkdir -p .demo; for file in notebooks/*.ipynb; do \
	  copy=.demo/$${file##*/}; [ -e "$$copy" ] || cp "$$file" "$$copy"; done
	$(BIN)/python -m jupyterlab --ServerApp.root_dir=.demo --LabApp.default_url=/lab/tree/01-quickstart.ipynb \
	  $(if $(filter 0,$(shell id -u)),--allow-root) $(DEMO_FLAGS)

test: $(VENV)/.test $(VENV)/.chromium check ## Run every check and every test, those in a browser too
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

check: $(VENV)/.test ## Lint, format, types, imports, notebooks without outputs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nbstripout --verify notebooks/*.ipynb

stubs: $(VENV)/.test ## Write the typed stub and the page of all operations from the catalogue
	$(BIN)/python -m stcrm_nb.resources.stubs

fuzz: $(VENV)/.test ## A long campaign of generated cases against the sandbox
	FUZZ_EXAMPLES=100 FUZZ_PHASES=examples,coverage,fuzzing,stateful \
	  $(BIN)/python -m pytest tests/sandbox/test_fuzz.py -p no:randomly

faults: $(VENV)/.test ## Every transport fault at every page of a 40-page walk
	FAULT_PAGES=40 $(BIN)/python -m pytest tests/transport/test_faults.py -p no:randomly -q

soak: $(VENV)/.test ## Long campaigns: kill -9, lost replies, flipped bits, two processes, 500 fixes
	SOAK_LOOPS=200 SOAK_FLIPS=200 SOAK_REQUESTS=20000 SOAK_WRITE_LOOPS=200 SOAK_FIXES=500 SOAK_ATTEMPTS=500 \
	  $(BIN)/python -m pytest tests/soak -p no:randomly -q -s
	PANEL_CYCLES=100 $(BIN)/python -m pytest tests/browser/test_lifetime.py -k memory -p no:randomly -q

lowest: $(BIN)/python ## Run the tests, but for the browser's, with the oldest versions allowed
	@rm -rf .venv-lowest && $(PYTHON) -m venv .venv-lowest
	@$(BIN)/python tests/lowest.py > .venv-lowest/constraints.txt
	@.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check \
	  --constraint .venv-lowest/constraints.txt --editable '.[test]'
	.venv-lowest/bin/python -m pytest -n $(WORKERS) --dist loadfile -m 'not browser' -W default

package: $(VENV)/.test ## Build wheel and sdist, install the wheel in an empty environment, check every room
	@rm -rf dist .venv-package && $(BIN)/python -m pip install --quiet --disable-pip-version-check build
	$(BIN)/python -m build --quiet --outdir dist
	@$(PYTHON) -m venv .venv-package
	.venv-package/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	cd / && $(CURDIR)/.venv-package/bin/stcrm demo --check

bench: $(VENV)/.bench ## Measure speed and memory; writes docs/benchmarks.md
	$(BIN)/python benchmarks/bench.py $(BENCH_FLAGS)

bench-panels: $(VENV)/.test $(VENV)/.chromium ## Measure panels on a million rows; writes docs/benchmarks-panels.md
	$(BIN)/python benchmarks/panels.py

bench-analysis: $(VENV)/.test ## Measure trends on a million leads, findings on 100 000 customers
	$(BIN)/python benchmarks/trends.py

pictures: $(VENV)/.test $(VENV)/.chromium ## Take the pictures of panels in docs/img anew
	$(BIN)/python docs/pictures.py

docs: $(VENV)/.test ## Build the documentation into site/; any warning fails
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet --site-dir site

gallery: $(VENV)/.test ## Draw every chart from the demo tenant; writes docs/gallery.md
	$(BIN)/python docs/gallery.py

clean: ## Remove what was built here, your copies of the notebooks too
	rm -rf $(VENV) .venv-lowest .venv-package .demo dist build site screenshots \
	  .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# A half-made environment is taken away again, so that the next run does not mistake it for a whole one.
$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || \
	  { echo "There is no $(PYTHON). Install Python 3.11 or newer, or name yours: make $(MAKECMDGOALS) PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed, and $(PYTHON) is older. Name a newer one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment; on Debian, install python3-venv."; exit 1; }

$(VENV)/.lab: pyproject.toml $(BIN)/python
	@echo "Installing into $(VENV); the first time takes a minute or two."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[lab]'
	@touch $@

$(VENV)/.test: pyproject.toml $(BIN)/python
	@echo "Installing into $(VENV); the first time takes a minute or two."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $(VENV)/.lab $@

$(VENV)/.bench: pyproject.toml $(VENV)/.test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,bench]'
	@touch $(VENV)/.lab $(VENV)/.test $@

# The browser tests take a Chromium that is there; else Debian's, as root; else Playwright's own.
$(VENV)/.chromium: $(VENV)/.test
	@if command -v chromium || command -v chromium-browser || command -v google-chrome; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq chromium; \
	else $(BIN)/python -m playwright install chromium; fi
	@touch $@
