# FocusGuard. `make help` lists what can be done.

VENV   := .venv
PYTHON := $(VENV)/bin/python
LOCAL  := $(PYTHON) -m local
# Three test workers fill two cores, four where they wait for live servers half the time.
# Counting lines takes half as long again, so only CI asks for it: `test` begins the
# count, and `test-servers` adds to it and wants 95 %.
COUNTED      := $(if $(CI),--cov --cov-report= --cov-fail-under=0)
COUNTED_TOO  := $(if $(CI),--cov --cov-append --cov-report=term)

# What asks a gunicorn that runs, and the launcher that starts it.
SERVERS := tests/local tests/live
# What `make test` runs, alone and beside busy loops.
SUITE := -m "not slow and not pages" $(SERVERS:%=--ignore=%)

.DEFAULT_GOAL := help
.PHONY: built help run test test-pages test-servers test-live test-beside-load test-clients dev bench bench-scale soak soak-sockets plans cost page pictures types lint format manage stop clean installed installed-dev installed-bench

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-21s %s\n", $$1, $$2}' Makefile

run: installed ## Start everything and serve on PORT (8000)
	@exec $(LOCAL) serve

# What one worker compiled is read by the others, also where Python is told to keep nothing.
test test-pages test-servers test-live test-beside-load: export PYTHONDONTWRITEBYTECODE =

test: installed-dev built ## Run the suite on a real Postgres and a real Valkey
	@exec $(LOCAL) exec $(PYTHON) -m pytest $(SUITE) -n 3 --dist loadscope $(COUNTED) -q

test-pages: installed-dev built ## The dashboard: its own tests, every page by itself, tabs, networks
	@exec $(LOCAL) exec $(PYTHON) -m pytest -m "pages and not slow" -n 3 --dist loadscope tests/browser -q

test-servers: installed-dev built ## Races, faults, hostile clients, mail, starts and stops, on servers that run
	@exec $(LOCAL) exec $(PYTHON) -m pytest -m "not slow" $(SERVERS) -n 4 --dist loadscope $(COUNTED_TOO) -q

test-live: installed-dev built ## All races, faults and hostile inputs, the slow ones too, with a table
	@exec $(LOCAL) exec $(PYTHON) -m pytest -m "(live or row or slow) and not clients" -n 2 --dist loadscope -q

test-beside-load: installed-dev built ## What `make test` runs, beside busy loops: do="5" or do="3 tests/live"
	@exec $(LOCAL) exec $(PYTHON) -m tests.harness.beside_load --suite '$(SUITE)' $(do)

test-clients: installed-dev ## Lint the OpenAPI document, generate four clients and let each live a day
	@$(PYTHON) -m venv .local/clients
	@.local/clients/bin/pip install --quiet --disable-pip-version-check -r tests/clients/requirements.txt
	@# Where npm gives up all the same (.npmrc), its cache has what came: it goes on from there.
	@cd tests/clients && export PATH="$(CURDIR)/.local/clients/bin:$$PATH"; \
	for attempt in 1 2 3; do \
	  npm ci --no-audit --no-fund --silent && exit; \
	  echo "npm ci failed, attempt $$attempt of 3" >&2; \
	done; exit 1
	@exec $(LOCAL) exec $(PYTHON) -m pytest -m clients tests/clients -q

dev: installed ## The API on 8000, and beside it the dashboard on 5173, reloading itself
	@cd dashboard && npm ci --no-audit --no-fund --silent
	@trap 'kill %1' EXIT; $(LOCAL) serve & cd dashboard && npm run -s dev

bench: installed-bench ## Measure against the seed's stack: make bench do="--rounds 3"
	@command -v wrk >/dev/null || { echo "make bench needs wrk: apt install wrk" >&2; exit 1; }
	@exec $(LOCAL) exec $(PYTHON) -m benchmarks $(do)

bench-scale: installed-bench ## Every hot route at 1 000, 100 000 and 1 000 000 users
	@command -v wrk >/dev/null || { echo "make bench-scale needs wrk: apt install wrk" >&2; exit 1; }
	@exec $(LOCAL) exec $(PYTHON) -m benchmarks.scale $(do)

soak: installed-bench ## The memory of a worker over 100 000 mixed requests
	@command -v wrk >/dev/null || { echo "make soak needs wrk: apt install wrk" >&2; exit 1; }
	@exec $(LOCAL) exec $(PYTHON) -m benchmarks.soak $(do)

soak-sockets: installed-bench ## 2,000 sockets for ten minutes beside REST: do="--sockets 200 --seconds 60"
	@exec $(LOCAL) exec $(PYTHON) -m benchmarks.sockets $(do)

plans: installed-bench ## How Postgres finds the rows at 1 000 000 users: docs/plans.md
	@exec $(LOCAL) exec $(PYTHON) -m benchmarks.plans

cost: installed-bench ## The processor time of a request, for each route
	@command -v wrk >/dev/null || { echo "make cost needs wrk: apt install wrk" >&2; exit 1; }
	@exec $(LOCAL) exec $(PYTHON) -m benchmarks.cost

page: installed-bench installed-dev built ## How soon the dashboard is seen, and how large it is
	@exec $(LOCAL) exec $(PYTHON) -m benchmarks.page

pictures: installed-bench installed-dev built ## Take the README's pictures anew, of the demo account
	@exec $(LOCAL) exec $(PYTHON) -m docs.screenshots.take

types: installed ## Write the dashboard's types anew, from the OpenAPI document
	@$(LOCAL) exec $(PYTHON) manage.py spectacular --format openapi-json --file .local/openapi.json
	@cd dashboard && npm ci --no-audit --no-fund --silent && npm run -s types

lint: installed-dev built ## Format, lint, types, import directions, migrations, schema
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(VENV)/bin/lint-imports
	@exec $(LOCAL) exec sh -ec '\
	  $(PYTHON) -m mypy .; \
	  $(PYTHON) manage.py makemigrations --check --dry-run; \
	  $(PYTHON) manage.py spectacular --validate --fail-on-warn --file /dev/null; \
	  $(PYTHON) -m tests.harness.messages; \
	  DJANGO_SETTINGS_MODULE=tests.harness.lint_settings $(PYTHON) manage.py lintmigrations \
	    --project-root-path . --sql-analyser postgresql --no-cache --quiet ok ignore \
	    --ignore-initial-migrations --warnings-as-errors \
	    --ignore-name 0004_without_valkey \
	    --include-apps api mail accounts identity pictures sessions_app garden stats leaderboard work'
	@if [ -d dashboard/node_modules ]; then cd dashboard && npm run -s lint; \
	else echo "The dashboard was not linted: that needs Node."; fi

format: installed-dev built ## Tidy the code
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .
	@if [ -d dashboard/node_modules ]; then cd dashboard && npm run -s format; fi

manage: installed ## Run a command on the local servers: make manage do="verify_stats"
	@exec $(LOCAL) manage $(do)

stop: ## Stop what runs of this checkout
	@if [ -x $(PYTHON) ]; then exec $(LOCAL) down; else echo "nothing was installed"; fi

clean: stop ## Remove the virtualenv, the local data and all caches
	rm -rf $(VENV) dashboard/dist dashboard/node_modules .local .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis .coverage .coverage.* staticfiles/*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The first Python that is new enough makes .venv and fills it, unless that is done.
define install
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec "$$python" -m local.install $(1); \
	  fi; \
	done; \
	echo "FocusGuard needs Python 3.11 or newer; python3 is $$(python3 --version 2>&1)." >&2; \
	exit 1
endef

installed:
	$(call install,requirements-local.txt)

built: installed
	@$(LOCAL) build

installed-bench:
	$(call install,benchmarks/requirements.txt)

installed-dev:
	$(call install,requirements-dev.txt)
