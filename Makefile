# make run: the dashboard on this machine. make test: the whole suite.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check lock bench bench-metrics clean

run: $(VENV)/installed-run
	@echo "The dashboard starts on http://127.0.0.1:$(PORT) (stop it with Ctrl+C)"
	@$(BIN)/streamlit run app.py --server.address=127.0.0.1 --server.port=$(PORT)

test: $(VENV)/installed-dev $(VENV)/chromium
	@$(BIN)/python -m pytest -n auto --dist=worksteal

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.page_costs

bench-metrics: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.metric_costs

# the locks are made anew from the ranges; they hold for every Python the project supports
lock: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade -o requirements.lock requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade -c requirements.lock -o requirements-dev.lock requirements-dev.txt

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed-run: requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/installed-run

$(VENV)/chromium: tests/browser/install_chromium.sh $(VENV)/installed-dev
	sh tests/browser/install_chromium.sh $(BIN)/python > $@.partial
	@mv $@.partial $@

clean:
	rm -rf $(VENV) artefacts .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
