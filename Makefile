# Everything that one does with Hansa; each target makes what it needs first.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.hansa-installed
GOLD ?= tests/gold/dev

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format bench bench-readers gold gold-pin readme dictionary train-pipeline lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv from the hash-pinned lock

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Hansa needs Python 3.11 or later, found " + sys.version.split()[0] + "; run make PYTHON=python3.12, or whichever you have")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -c 'from extractors.gazetteer import load_gazetteer; load_gazetteer()'
	$(BIN)/python -m flows.temporary_server prepare
	@touch $@

demo: $(STAMP) ## read the samples into data/, and show the registry that comes of it
	$(BIN)/hansa run samples

test: $(STAMP) ## run all tests
	$(BIN)/python -m pytest

check: $(STAMP) ## lint, format, types, import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## format, and mend what the linter can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(STAMP) ## measure start-up costs, speed and memory against their limits
	@missed=; for part in startup extraction english readers main_text registry; do $(BIN)/python benchmarks/$$part.py || missed="$$missed $$part"; done; \
	if [ -n "$$missed" ]; then echo "limits missed:$$missed"; exit 1; fi

bench-readers: $(STAMP) ## measure how well and how fast pages and reports are read; PAGES=folder adds pages of others
	@missed=; $(BIN)/python benchmarks/readers.py || missed="$$missed readers"; \
	$(BIN)/python benchmarks/main_text.py $(PAGES) || missed="$$missed main_text"; \
	if [ -n "$$missed" ]; then echo "limits missed:$$missed"; exit 1; fi

gold: $(STAMP) ## score the extractor against GOLD (default tests/gold/dev), and write the figures into README.md
	$(BIN)/hansa evaluate $(GOLD) --json | $(BIN)/python tools/write_figures.py $(GOLD)

gold-pin: $(STAMP) ## raise the floors under the figures on gold to what is measured now
	$(BIN)/python tools/pin_floors.py

readme: $(STAMP) ## write the real output of the README's first command into it
	$(BIN)/python tools/write_example.py

dictionary: $(STAMP) ## write the data dictionary, DATA.md, from the comments of the schema
	$(BIN)/python tools/write_dictionary.py

train-pipeline: $(STAMP) ## retrain the English pipeline: make train-pipeline CORPORA=folder
	@test -d "$(CORPORA)" || { echo "CORPORA=folder is missing: the treebanks and entity corpora that extractors/pipeline/README.md lists"; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r extractors/training/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r extractors/training/requirements-teacher.txt
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m extractors.training.train_pipeline --corpora $(CORPORA) --out extractors/pipeline
	$(BIN)/python -m extractors.training.evaluate_pipeline --corpora $(CORPORA) --write-card

lock: $(STAMP) ## pin all dependencies anew, with hashes (needs uv, which is installed into .venv)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	echo 'setuptools>=77' | $(BIN)/uv pip compile pyproject.toml - --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet --output-file requirements.lock

clean: ## remove what was made, but not data/
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
