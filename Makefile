# FocusGuard. `make help` lists what can be done.

VENV   := .venv
PYTHON := $(VENV)/bin/python
LOCAL  := $(PYTHON) -m focusguard.local

.DEFAULT_GOAL := help
.PHONY: help run test lint format manage stop clean

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: $(VENV)/local ## Start everything and serve on PORT (8000)
	@exec $(LOCAL) serve

test: $(VENV)/dev ## Run the whole suite on a real Postgres and a real Valkey
	@./scripts/with-servers $(PYTHON) -m pytest -n 2 --dist loadgroup --cov --cov-report=term -q

lint: $(VENV)/dev ## Format, lint, types, import directions, migrations, schema
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	@./scripts/with-servers sh -c '\
	  $(VENV)/bin/mypy . && \
	  $(PYTHON) manage.py makemigrations --check --dry-run && \
	  $(PYTHON) manage.py spectacular --validate --fail-on-warn --file /dev/null'

format: $(VENV)/dev ## Tidy the code
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

manage: $(VENV)/local ## Run a command on the local servers: make manage do="verify_stats"
	@./scripts/with-servers $(PYTHON) manage.py $(do)

stop: ## Stop what `make run` left behind
	@if [ -x $(PYTHON) ]; then $(LOCAL) down; else echo "nothing was installed"; fi

clean: stop ## Remove the virtualenv, the local data and all caches
	rm -rf $(VENV) .local .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* staticfiles/*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: written when an install is complete, older than a changed requirement.
$(VENV)/local: requirements.txt requirements-local.txt constraints.txt
	@./scripts/install requirements-local.txt
	@touch $@

$(VENV)/dev: requirements.txt requirements-local.txt requirements-dev.txt constraints.txt
	@./scripts/install requirements-dev.txt
	@touch $(VENV)/local $@
