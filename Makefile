# Every target sets up what it needs on a fresh machine with Python 3.11+ and make. `make help` lists them.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SEED ?= 1
MINUTES ?= 30
RUNS ?= 1000000
DEMO ?= demo
UV := $(shell command -v uv 2>/dev/null)
ifdef UV
INSTALL = $(UV) pip install --quiet --python $(BIN)/python
else
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif
# Tests start hundreds of processes; each would compile the package anew where the machine forbids to keep what is compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check docs css bench accuracy golden fuzz soak lock clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.lock pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements/runtime.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements/dev.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.runtime

setup: $(VENV)/.runtime  ## install what running needs
setup-dev: $(VENV)/.dev  ## install what testing needs

demo: setup  ## observe a sample country twice, end to end, and open the portal on it (ONCE=1 visits every page and ends)
	$(BIN)/python -m atalaya demo $(DEMO) --seed $(SEED) $(if $(ONCE),--once)

check: setup-dev  ## lint, format, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

ifdef WHEEL
test: check  ## everything a gate checks; WHEEL=1 tests the installed wheel instead of the checkout
	rm -rf dist $(VENV)-wheel
	$(BIN)/python -m hatchling build --target wheel
	$(PYTHON) -m venv $(VENV)-wheel
	$(subst $(VENV),$(VENV)-wheel,$(INSTALL)) --require-hashes -r requirements/dev.lock
	$(subst $(VENV),$(VENV)-wheel,$(INSTALL)) --no-deps dist/*.whl
	$(VENV)-wheel/bin/python -m pytest -n 2 --dist worksteal
else
test: check  ## everything a gate checks; WHEEL=1 tests the installed wheel instead of the checkout
	$(BIN)/python -m pytest -n 2 --dist worksteal
endif

docs: setup-dev  ## write the generated pages
	$(BIN)/python docs/generate.py

css:  ## write the framework's part of the portal's style sheet anew (needs node and npm; nothing else does)
	cd styles && npm ci --silent && npm run --silent build

bench: setup-dev  ## speed and memory, as ratios to a yardstick of the same run
	$(BIN)/python -m benchmarks.bench

accuracy: setup-dev  ## detectors against labels and recorded material; SEED=N adds a sample country of your own
	$(BIN)/python -m benchmarks.accuracy --seed 1 --seed 7 $(if $(filter-out 1 7,$(SEED)),--seed $(SEED))
	$(BIN)/python -m benchmarks.duty_accuracy --seed 1 --seed 7 $(if $(filter-out 1 7,$(SEED)),--seed $(SEED))
	$(BIN)/python -m benchmarks.inspection_accuracy
	$(BIN)/python -m benchmarks.golden_tables
	$(BIN)/python -m benchmarks.pollock
	$(BIN)/python -m benchmarks.every_file
	$(BIN)/python -m benchmarks.soft_failures
	$(BIN)/python -m benchmarks.attribution --seed $(SEED)
	$(BIN)/python -m benchmarks.duty_matching --confusions --seed $(SEED)
	$(BIN)/python -m benchmarks.duty_questionnaires --confusions
	$(BIN)/python -m benchmarks.dcat_ap
	$(BIN)/python -m benchmarks.second_reader --all
	$(BIN)/python -m benchmarks.recorded_round
	$(BIN)/python -m benchmarks.search_accuracy

golden: setup-dev  ## published indices recomputed, known faults of real tables found
	$(BIN)/python -m benchmarks.golden

fuzz: setup-dev  ## hostile bytes into every parser, for a bounded time, then RUNS executions of each harness
	$(BIN)/python -m benchmarks.fuzz
	$(BIN)/python -m benchmarks.fuzzing --runs $(RUNS)

soak: setup-dev  ## half an hour of rounds with random faults: memory must stay flat (MINUTES=N)
	$(BIN)/python -m benchmarks.soak --minutes $(MINUTES) --write

lock: $(BIN)/python  ## write the locks anew: names, versions, hashes, no address
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url pyproject.toml requirements/build.in -o requirements/runtime.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url pyproject.toml requirements/build.in --group dev -c requirements/runtime.lock -o requirements/dev.lock

clean:  ## remove what the targets made
	rm -rf $(VENV) $(VENV)-wheel demo dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
