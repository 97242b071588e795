# Every target sets up .venv by itself; nothing is installed outside this folder.
.PHONY: demo test check bench clean
.DEFAULT_GOAL := demo

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

demo: $(READY)
	@$(BIN)/synergy run data/alpine --out out
	@echo "Open out/report.html (the report) and out/network.html (the map) in a browser."

test: $(READY)
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(READY)
	@if command -v uv >/dev/null 2>&1; then uv pip install -q --python $(BIN)/python -c constraints.txt --group bench; \
	else $(BIN)/python -m pip install -q -c constraints.txt --group bench; fi
	@$(BIN)/python -m benchmarks

clean:
	rm -rf .venv out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# uv when it is there, else venv and pip; versions come from constraints.txt either way.
$(READY): pyproject.toml constraints.txt
	@if command -v uv >/dev/null 2>&1; then \
	  test -x $(BIN)/python || uv venv -q --python ">=3.11" .venv; \
	  uv pip install -q --python $(BIN)/python -c constraints.txt -e . --group dev; \
	else \
	  test -x $(BIN)/python || $(PYTHON) -m venv .venv; \
	  $(BIN)/python -m pip install -q --upgrade pip -c constraints.txt; \
	  $(BIN)/python -m pip install -q -c constraints.txt -e . --group dev; \
	fi
	@touch $(READY)
