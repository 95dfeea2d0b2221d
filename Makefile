# Every task has one command here; `make help` lists them. CI runs the same ones.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help demo serve test lint types openapi openapi-check eval perf train train-asr whisper fixtures lock clean

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

# --- environments: two locks, one folder -------------------------------------------------------------------

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.serving: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@

# torch goes first and with its own dependencies, whichever build the index offers; the rest is pinned whole.
# openai-whisper is installed without dependencies: its metadata asks for triton, which only CUDA uses.
$(VENV)/.dev: requirements-dev.lock $(VENV)/.serving
	$(BIN)/python -m pip install --quiet -c requirements-dev.lock torch
	$(BIN)/python -m pip install --quiet --no-deps -r requirements-dev.lock
	@touch $@

# --- the product -------------------------------------------------------------------------------------------

demo: $(VENV)/.serving ## the main job end to end on the bundled clip: audio in, spans and counters out
	$(BIN)/bozheng demo

serve: $(VENV)/.serving ## keep a service running on http://127.0.0.1:8080 (data in ./data)
	$(BIN)/bozheng serve

# --- the gates ---------------------------------------------------------------------------------------------

test: $(VENV)/.dev ## all tests
	$(BIN)/python -m pytest

lint: $(VENV)/.dev ## ruff: style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy, strict, on service/
	$(BIN)/mypy

openapi: $(VENV)/.dev ## rewrite docs/openapi.json from the code
	$(BIN)/bozheng openapi > docs/openapi.json

openapi-check: $(VENV)/.dev ## fail if docs/openapi.json is not what the code says
	$(BIN)/bozheng openapi | diff -u docs/openapi.json - && echo "docs/openapi.json is what the code says"

# --- figures, models, data ---------------------------------------------------------------------------------

eval: $(VENV)/.dev ## quality on our development split: recall, precision, lawful pass rate, with intervals
	$(BIN)/python -m eval

perf: $(VENV)/.dev ## speed and memory as ratios against named peers, side by side
	$(BIN)/python -m eval.perf

train: $(VENV)/.dev ## train, calibrate, export and describe the text classifier
	$(BIN)/python -m training

train-asr: $(VENV)/.dev ## train and export the demonstration speech model (needs espeak-ng)
	$(BIN)/python -m training.asr

whisper: $(VENV)/.dev ## add the reference speech engine, openai-whisper (with torch, without CUDA)

fixtures: $(VENV)/.dev ## rebuild the audio of tests and demo (needs espeak-ng)
	$(BIN)/python -m training.asr.fixtures

lock: $(VENV)/.dev ## resolve both lock files anew from pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	    --no-annotate --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	    --no-annotate --extra train --extra whisper --extra dev --constraint requirements.lock \
	    --unsafe-package triton --unsafe-package setuptools --output-file requirements-dev.lock pyproject.toml
	sed -i 's/^\(torch==[^+]*\)+.*/\1/' requirements-dev.lock  # pin the release, not one build of it

clean: ## remove the environment and everything built
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
