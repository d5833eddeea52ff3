# Every command a contributor needs. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
ARGS ?=

.PHONY: help run test lowest lint format conformance bars dependents docs lock build clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.proxy ## Start the gateway on its built-in defaults (ARGS="--config config.yaml")
	@$(BIN)/litellm $(ARGS)

test: $(VENV)/.dev ## Run all tests (ARGS="tests/core -k name"); installs the services they need when root
	@services="$$(scripts/services)" && eval "$$services" && $(BIN)/python -m pytest -q $(ARGS)

lowest: $(VENV)/.dev ## Run the tests with the oldest dependencies that pyproject.toml allows
	@$(PIP) install uv && $(BIN)/uv venv --quiet --clear --python $(BIN)/python .cache/lowest
	@$(BIN)/uv pip install --quiet --python .cache/lowest/bin/python --resolution lowest-direct '.[proxy]'
	@$(BIN)/uv pip install --quiet --python .cache/lowest/bin/python pytest pytest-asyncio hypothesis import-linter pydantic openai
	@.cache/lowest/bin/python -m pytest -q --ignore tests/architecture $(ARGS)

lint: $(VENV)/.dev ## Check style, layers and types: ruff, import-linter, mypy strict, pyright
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check litellm tests benchmarks scripts
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/mypy
	@$(BIN)/pyright --pythonpath $(BIN)/python --project tests/typing

format: $(VENV)/.dev ## Rewrite the code in the house format
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet litellm tests benchmarks scripts

conformance: $(VENV)/.dev ## Replay the recorded calls of LiteLLM 1.x; a table of provider by kind (ARGS="--only openai --failures")
	@$(BIN)/python -m tests.conformance $(ARGS)

bars: $(VENV)/.dev ## Measure every promised figure and write benchmarks/results.md (ARGS="--again" measures all anew)
	@$(BIN)/python -m benchmarks.bars $(ARGS)

dependents: $(VENV)/.dev ## Run real packages that use litellm, each in its own environment (ARGS="dspy instructor")
	@$(BIN)/python scripts/dependents.py $(ARGS)

docs: $(VENV)/.dev ## Check the documents: links resolve, Python examples compile
	@$(BIN)/python scripts/check_docs.py

lock: $(VENV)/.dev ## Resolve requirements/dev.lock anew, with hashes, for every Python and platform
	@$(PIP) install uv && $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-package litellm \
		--no-header --no-annotate --extra dev pyproject.toml --output-file requirements/dev.lock

build: $(VENV)/.dev ## Build the wheel into dist/
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

clean: ## Remove the environment, caches and builds
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist build

$(VENV)/pyvenv.cfg:
	@scripts/make-venv $(VENV)

$(VENV)/.proxy: pyproject.toml $(VENV)/pyvenv.cfg
	@$(PIP) install --editable '.[proxy]'
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml $(VENV)/pyvenv.cfg
	@$(PIP) install --require-hashes --requirement requirements/dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
