PORT = 8501
STORE = data/store
# 0.0.0.0 opens the dashboard to the network, read-only until a sign-in is set up
ADDRESS = 127.0.0.1
# Any Python from 3.11 on: make test PYTHON=python3.12
PYTHON = python3
# make bench ARGS=--quick
ARGS =

BIN = .venv/bin

.PHONY: run test lint bench calibrate demo lock

run: .venv/app
	PORT="$(PORT)" ADDRESS="$(ADDRESS)" PANTAU_HALAL_STORE="$(STORE)" $(BIN)/python -m halal_ui.server

test: .venv/tests .venv/chromium
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright

bench: export PYTHONPATH = .:tests
bench: .venv/tests
	$(BIN)/python tests/bench/metrics.py $(ARGS)
	$(BIN)/python tests/bench/foresight.py $(ARGS)
	$(BIN)/python tests/bench/reading.py $(ARGS)
	$(BIN)/python tests/bench/log.py $(ARGS)
	$(BIN)/python tests/bench/serving.py $(ARGS)
	$(BIN)/python tests/bench/present.py $(ARGS)

# Forecasts against simulated programmes of which the truth is known; a quarter of an hour, so not in the tests
calibrate: export PYTHONPATH = .:tests
calibrate: .venv/tests
	$(BIN)/python tests/foresight/calibrate.py $(ARGS)

demo: .venv/app
	$(BIN)/python data/demo/make.py

lock: .venv/tests
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --group app -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --group tests -c requirements.txt -o tests/requirements.txt

# Each of these files says that what it names is installed; they are as old as the last time it was.

.venv/app: requirements.txt
	test -x $(BIN)/python || { $(PYTHON) -c $(PYTHON_CHECK) && $(PYTHON) -m venv .venv; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tests: .venv/app tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

# The Chromium that is there, else the system's own package, else the one playwright keeps.
.venv/chromium: .venv/tests
	$(BIN)/python tests/browsers.py \
	  || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -qq -y chromium && $(BIN)/python tests/browsers.py; } \
	  || $(BIN)/playwright install chromium
	@touch $@

PYTHON_CHECK = 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12")'
SUDO = $(shell test "$$(id -u)" = 0 || echo sudo -n)
