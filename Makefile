# `make demo` shows it, `make test` proves it. Everything that is built stands in .venv, node_modules and build.
SHELL := /bin/sh
PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes
PACKAGES := torbay_reports budget improvement ofsted tests manage.py
# Each file whole on one core, because its fixtures are made once for it; the ratios of time are measured on one. By
# itself xdist would put the files with the fewest tests last, which take longest.
BOTH_CORES := -n 2 --dist loadfile --no-loadscope-reorder
UV_COMPILE := .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate \
	--python-version 3.11 $(UPGRADE)
STATIC_SOURCES := $(wildcard torbay_reports/static_src/*)
# So that `make -j` neither installs twice nor starts before the system has what it needs.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test check soak bench install system frontend lock stop empty clean

help: ## say what there is to make
	@grep -E '^[a-z]+:.* ## ' $(MAKEFILE_LIST) | sed 's/:.* ## /\t/' | expand -t 12

demo: install ## install what is missing, load the demonstration and serve it on 127.0.0.1:8000
	@$(PYTHON) manage.py demo $(DEMO_OPTIONS)

test: install .venv/.developer build/debian/.unpacked ## run every test, the random ones with a seeded sample
	@$(PYTHON) -m pytest $(BOTH_CORES) $(TESTS)

soak: install .venv/.developer build/debian/.unpacked ## run every test with the full numbers
	@$(PYTHON) -m pytest --soak $(BOTH_CORES) $(TESTS)

bench: install .venv/.developer build/debian/.unpacked ## measure the ratios of time and count
	@$(PYTHON) -m pytest --bench $(TESTS)

check: export SECRET_KEY := used-by-checks-only
check: system .venv/.developer ## lint, types, imports, templates, migrations, lock files
	@.venv/bin/ruff check $(PACKAGES)
	@.venv/bin/ruff format --check $(PACKAGES)
	@.venv/bin/mypy $(PACKAGES)
	@.venv/bin/lint-imports
	@$(PYTHON) manage.py check --tag templates --tag models --tag urls --fail-level WARNING
	@$(PYTHON) manage.py makemigrations --check --dry-run
	@! grep -n '://' requirements*.txt || { echo "A requirements file names a host: run make lock." >&2; exit 1; }
	@! grep -n '"resolved"' package-lock.json || { echo "package-lock.json names addresses: run make lock." >&2; exit 1; }

install: system .venv/.product frontend ## install the system's, Python's and the browser's packages

system:
	@.ci/install-system

# Rebuilt from nothing when the pins change, so that no package stays that they no longer name. The stamp is a copy of
# them, so that a file that is only newer changes nothing.
.venv/.product: requirements.txt
	@if cmp -s $< $@; then touch $@; exit; fi; \
	python3 -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
		{ echo "python3 is not Python 3.11: use Debian 12, or put a Python 3.11 first on PATH." >&2; exit 1; }; \
	echo "Installing Python's packages into .venv" >&2; \
	python3 -m venv --clear .venv && $(PIP) -r $< && cp $< $@

.venv/.developer: requirements-dev.txt .venv/.product
	@if cmp -s $< $@; then touch $@; exit; fi; \
	echo "Installing the developers' packages into .venv" >&2; \
	$(PIP) -r requirements.txt -r $< && cp $< $@

build/debian/.unpacked: .ci/unpack-servers
	@.ci/unpack-servers
	@mkdir -p $(@D) && touch $@

node_modules/.package-lock.json: package.json package-lock.json .npmrc | .venv/.product
	@echo "Installing the browser's packages into node_modules" >&2
	@.ci/with-node npm ci --no-progress --loglevel=error
	@touch $@

frontend: build/.frontend ## build the style sheet, scripts and fonts

build/.frontend: node_modules/.package-lock.json .ci/build-frontend $(STATIC_SOURCES) | .venv/.product
	@.ci/with-node .ci/build-frontend
	@touch $@

lock: .venv/.developer ## write the lock files anew; `make lock UPGRADE=--upgrade` takes newer versions
	@$(UV_COMPILE) pyproject.toml --output-file requirements.txt
	@$(UV_COMPILE) --constraint requirements.txt --group dev --output-file requirements-dev.txt
	@$(UV_COMPILE) --group node --output-file requirements-node.txt
	@.ci/with-node npm install --package-lock-only --no-progress --loglevel=error

stop: ## stop the embedded PostgreSQL
	@$(PYTHON) -m torbay_reports.core.embedded_postgres stop

empty: ## empty the embedded database and var/publications; a server that DATABASE_URL names is not touched
	@$(PYTHON) -m torbay_reports.core.embedded_postgres empty
	@rm -rf var/publications

clean: ## remove everything that was built; the database stays
	@rm -rf .venv node_modules build
