# `make demo` and `make test` do everything, with nothing but Python >= 3.11 and pip on the machine.
# Every environment is made from requirements/*.txt, where each file that pip takes has its hash.

VENV ?= .venv
BIN := $(VENV)/bin
KX := $(BIN)/kxmodel
# The theme warns of MkDocs 2, which pyproject.toml keeps out.
MKDOCS := NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
LOCKED := $(PIP) install --quiet --require-hashes -r
UV := 0.13.9
PYRIGHT := 1.1.414
TYPESCRIPT := 5.9.3
AJV := 8.20.0
AJV_FORMATS := 3.0.1
AWS_SDK := 3.1162.0
NODE_TYPES := 20.19.43
PLAYWRIGHT := 1.65.1
AXE := 4.14.1
NPM_TOOLS := $(VENV)/npm

# The tests start hundreds of processes: each would compile the same code anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo bench bench-more bench-environment test ready engines readers clients browser lint types unit docs docs-serve generate lock wheel clean

help: ## Say what there is to make.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18

demo: $(VENV)/.base ## Show the whole thing on KxGen's tables and a local DynamoDB.
	@$(KX) engine install auto || { \
		echo "No MiniStack here: falling back to moto, which answers less truly." >&2; \
		$(LOCKED) requirements/moto.txt; }
	@$(KX) demo

test: $(VENV)/.dev engines readers clients browser lint types unit ## Check everything. With CI=true nothing is skipped.

bench: bench-environment ## Measure speed and memory beside what kxmodel replaces; BENCH=--quick for a glance.
	@$(VENV)-bench/bin/python bench/speed.py $(BENCH)

bench-more: bench-environment ## Measure imports one by one, validation of files, and the backfill of an index.
	@missed=0; for program in import_cost validate backfill; do \
		$(VENV)-bench/bin/python bench/$$program.py || missed=1; done; exit $$missed

bench-environment:
	@$(MAKE) --no-print-directory VENV=$(VENV)-bench $(VENV)-bench/.bench

ready: $(VENV)/.dev ## Make the development environment.

engines: $(VENV)/.dev
	@$(call optional,MiniStack,the package index,$(KX) engine install ministack)
	@$(call optional,dynoxide,npm,command -v npm >/dev/null && $(KX) engine install dynoxide)

readers: $(VENV)/.dev
	@$(call optional,TypeScript and ajv,npm,$(MAKE) --no-print-directory $(NPM_TOOLS)/.readers-$(TYPESCRIPT)-$(AJV)-$(AJV_FORMATS))

clients: $(VENV)/.dev
	@$(call optional,the AWS SDK for JavaScript,npm,$(MAKE) --no-print-directory $(NPM_TOOLS)/.clients-$(AWS_SDK))
	@$(call optional,the AWS CLI,the package index,$(MAKE) --no-print-directory $(VENV)/.awscli)

browser: $(VENV)/.dev
	@$(call optional,playwright-core and axe-core,npm,$(MAKE) --no-print-directory $(NPM_TOOLS)/.browser-$(PLAYWRIGHT)-$(AXE))
	@$(call optional,Chromium,Debian's package of it,$(CHROMIUM))

lint: $(VENV)/.dev ## Lint the code, the schemas, and see that models and migrations are up to date.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(KX) lint
	$(KX) generate --check
	$(KX) check

types: $(VENV)/.dev ## Check types: mypy strict, and pyright over a user's program and the models.
	$(BIN)/mypy
	@$(call optional,pyright,npm,$(MAKE) --no-print-directory $(NPM_TOOLS)/.pyright-$(PYRIGHT))
	@if [ -e $(NPM_TOOLS)/.pyright-$(PYRIGHT) ]; then \
		$(NPM_TOOLS)/node_modules/.bin/pyright --pythonpath $(BIN)/python tests/typing/user_program.py kxmodel/models; fi

unit: $(VENV)/.dev ## Run the tests.
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal $(PYTEST)

docs: $(VENV)/.dev ## Build the documentation into build/site/.
	$(MKDOCS) build

docs-serve: $(VENV)/.dev ## Serve it on http://127.0.0.1:8000, anew whenever a schema changes.
	$(MKDOCS) serve

generate: $(VENV)/.base ## Generate the models from the schemas.
	$(KX) generate

lock: .cache/lock/bin/uv ## Pin all dependencies anew.
	@for name in "base --group build" "moto --group build --extra moto" "dev --group dev" "bench --group bench"; do \
		set -- $$name; file=requirements/$$1.txt; shift; \
		constraint=; [ $$file = requirements/base.txt ] || constraint="-c requirements/base.txt"; \
		.cache/lock/bin/uv pip compile pyproject.toml "$$@" $$constraint --universal --quiet \
			--python-version 3.11 --generate-hashes --no-emit-index-url --upgrade \
			--custom-compile-command "make lock" -o $$file || exit 1; \
	done
	.cache/lock/bin/uv pip compile requirements/apart/awscli.in --universal --quiet --python-version 3.11 \
		--generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make lock" \
		-o requirements/apart/awscli.txt

wheel: $(VENV)/.dev ## Build the wheel into dist/.
	$(BIN)/python -m hatchling build -t wheel

clean: ## Remove what this file makes, apart from the engines in the user's cache.
	rm -rf $(VENV) $(VENV)-bench .cache dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find kxmodel tests examples -name __pycache__ -type d -prune -exec rm -rf {} +

# $(call optional,WHAT,NEEDS,COMMAND): without CI, what cannot be had is named and skipped.
define optional
{ $(3); } || { \
	if [ -n "$$CI" ]; then echo "CI is set, where a skip is a failure: $(1) is missing." >&2; exit 1; fi; \
	echo "SKIPPED: everything that needs $(1), since $(2) is missing or refused." >&2; }
endef

# Whatever a browser is called here; on Debian root can fetch one.
define CHROMIUM
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	command -v google-chrome >/dev/null || { \
	[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { \
		echo "Installing Chromium." >&2; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -qq --no-install-recommends chromium >/dev/null; }; }
endef

# The environment itself; PYTHON names the Python to take.
$(BIN)/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$("$$python" -V)." >&2; \
			"$$python" -m venv --clear $(VENV) && exit 0; \
			echo "That Python cannot make environments (on Debian: apt install python3-venv)." >&2; \
			exit 1; \
		fi; \
	done; \
	echo "kxmodel needs Python 3.11 or later, and there is none: install it, or name it:" >&2; \
	echo "  make PYTHON=/path/to/python3.12" >&2; exit 1

$(VENV)/.base: requirements/base.txt pyproject.toml | $(BIN)/python
	@echo "Installing kxmodel and what it needs." >&2
	@$(LOCKED) requirements/base.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "Installing the tools of development." >&2
	@$(LOCKED) requirements/dev.txt
	@touch $@

# In an environment of its own, where nothing else is imported or measured along.
$(VENV)/.bench: requirements/bench.txt $(VENV)/.base
	@echo "Installing what is measured against." >&2
	@$(LOCKED) requirements/bench.txt
	@touch $@

$(NPM_TOOLS)/.pyright-$(PYRIGHT):
	@command -v npm >/dev/null
	@npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(NPM_TOOLS) pyright@$(PYRIGHT)
	@touch $@

# What exports are held up to: a compiler and a validator.
$(NPM_TOOLS)/.readers-$(TYPESCRIPT)-$(AJV)-$(AJV_FORMATS):
	@command -v npm >/dev/null
	@npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(NPM_TOOLS) \
		typescript@$(TYPESCRIPT) ajv@$(AJV) ajv-formats@$(AJV_FORMATS)
	@touch $@

# What the snippets of the documentation are run with.
$(NPM_TOOLS)/.clients-$(AWS_SDK):
	@command -v npm >/dev/null
	@npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(NPM_TOOLS) \
		@aws-sdk/client-dynamodb@$(AWS_SDK) @aws-sdk/lib-dynamodb@$(AWS_SDK) @types/node@$(NODE_TYPES)
	@touch $@

# It stands apart: it pins what other packages need in other versions.
$(VENV)/.awscli: requirements/apart/awscli.txt | $(BIN)/python
	@rm -rf $(VENV)/awscli
	@$(LOCKED) requirements/apart/awscli.txt --target $(VENV)/awscli
	@touch $@

# What drives a browser, and what judges the pages in it.
$(NPM_TOOLS)/.browser-$(PLAYWRIGHT)-$(AXE):
	@command -v npm >/dev/null
	@npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(NPM_TOOLS) \
		playwright-core@$(PLAYWRIGHT) axe-core@$(AXE)
	@touch $@

.cache/lock/bin/uv: | $(BIN)/python
	@$(BIN)/python -m venv .cache/lock
	@.cache/lock/bin/python -m pip install --quiet uv==$(UV)
