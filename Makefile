# Two commands need nothing but Python 3.11+ and make: `make demo` and `make test`. Each sets up .venv when it is needed.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
CODE := generator overlays service tests examples bench docs/_tools

# A file's tests stay together, because they share what is costly to make.
SIDE_BY_SIDE := --numprocesses auto --dist loadfile

# The official clients, each in an environment of its own: witnesses for the local service, and what `make bench` compares with.
OFFICIAL := .venv/azure-batch-14.2.0/.ready .venv/azure-batch-15.1.0/.ready

# The type checker of many editors; it brings a Node.js of 200 MB, so it stays out of .venv.
PYRIGHT := .venv/pyright/.ready

# Where it is set, every process of the tests compiles all of them, for eight seconds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup generate check test test-azure test-slow test-page test-docs test-contract test-programs test-wheel test-mutants demo serve bench docs
.PHONY: bump drift changes upgrade-generator browser

setup: $(READY)  ## the environment in .venv, with batchtasks and its tools

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "batchtasks needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up .venv with batchtasks and its tools; that takes up to a minute, once."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[local,cli]' --group dev
	@touch $(READY)

generate: setup  ## make generated/, docs/api-changes.md and docs/reference/error-codes.md from spec/openapi.yaml
	$(BIN)/python -m generator generate
	$(BIN)/python -m docs._tools.error_codes

bump: setup  ## add an API version: make bump VERSION=2026-10-01 [DEFAULT=1]
	@test -n "$(VERSION)" || { echo "say which: make bump VERSION=2026-10-01"; exit 2; }
	@$(BIN)/python -m generator bump $(VERSION) $(if $(DEFAULT),--default)

# Make ends with 2 whenever a command fails; the status of the command is on its last line (`Error 1`: something differs).
drift: setup  ## compare the spec with Microsoft's description: make drift UPSTREAM=path-or-address [AGAINST=version]
	@test -n "$(UPSTREAM)" || { echo "say with what: make drift UPSTREAM=path-or-address"; exit 2; }
	@$(BIN)/python -m generator drift "$(UPSTREAM)" $(if $(AGAINST),--against $(AGAINST))

changes: setup  ## what the spec changes for users since a commit, as Markdown: make changes [BASE=main]
	@$(BIN)/python -m generator changes --base "$(or $(BASE),HEAD)"

upgrade-generator: setup  ## what another openapi-python-client would make: make upgrade-generator VERSION=0.30.0
	@test -n "$(VERSION)" || { echo "say which: make upgrade-generator VERSION=0.30.0"; exit 2; }
	@$(BIN)/python -m generator upgrade-generator $(VERSION)

check: setup $(PYRIGHT)  ## what CI asks of the code: fresh output, lint, types
	$(BIN)/python -m generator check
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check --quiet $(CODE)
	$(BIN)/yamllint --strict --config-file spec/.yamllint.yaml spec
	$(BIN)/mypy
	@# A user's program for both clients is checked by the other type checker too, in its strict mode.
	.venv/pyright/bin/basedpyright --pythonpath .venv/pyright/bin/python --project tests/batchtasks/pyrightconfig.json
	$(BIN)/python -m docs._tools.error_codes --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir $$(mktemp -d)

docs: setup  ## the documentation as a site: open build/site/index.html
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "The site: build/site/index.html (with its search: python3 -m http.server --directory build/site)"

browser: setup  ## what the tests of the page need: Chromium with its driver, and axe-core; without them they are skipped
	.ci/browser
	.ci/node

test: setup $(OFFICIAL)  ## all tests but the slow ones, on all cores
	$(BIN)/python -m pytest -m "not slow" --numprocesses auto --dist worksteal
	.venv/azure-batch-14.2.0/bin/python -m pytest -m "not slow" tests/batchtasks/compat
	.venv/azure-batch-15.1.0/bin/python -m pytest tests/batchtasks/compat/test_migrating.py

test-slow: setup $(OFFICIAL) test-page test-docs test-contract  ## what takes long to test, and public programs: make test-slow [WITHOUT=tests/programs]
	$(BIN)/python -m pytest -m slow --ignore tests/package --ignore tests/service/page --ignore tests/docs \
		--ignore tests/examples --ignore tests/azure $(if $(WITHOUT),--ignore $(WITHOUT))

test-page: setup  ## the page of the local service in a browser; `make test` has two of these tests
	$(BIN)/python -m pytest -m slow $(SIDE_BY_SIDE) tests/service/page

test-docs: setup  ## the examples, the README and the docs as programs
	$(BIN)/python -m pytest -m slow $(SIDE_BY_SIDE) tests/docs tests/examples

test-contract: setup  ## what `make test-azure` asks a real account, asked of the local service
	$(BIN)/python -m pytest -m slow $(SIDE_BY_SIDE) tests/azure

# Their environments take five minutes and two gigabytes once; they are kept below .venv/programs.
test-programs: setup  ## public programs against the local service: the official packages, az, Airflow, Snakemake, covalent, Azurite
	$(BIN)/python -m pytest -m slow tests/programs

# Without a key, the suite signs in by azure-identity, which is installed for it alone.
test-azure: setup  ## ask a real account what it answers, at no cost: make test-azure [RECORD=FILE]
	@test -n "$$BATCH_ACCOUNT_KEY" || test -z "$$BATCH_ACCOUNT_URL" || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check 'azure-identity>=1.16'
	@$(BIN)/python -m tests.azure.contract $(if $(RECORD),--record "$(RECORD)")

test-wheel: setup  ## the tests against the built wheel, with lowest and newest dependencies: make test-wheel [ONLY=3.11-lowest]
	$(BIN)/python -m pytest -m slow tests/package $(if $(ONLY),-k "not with_the_wheel or $(ONLY)")

# The mutation tool, whose dependencies nothing else needs.
MUTATION := .venv/cosmic-ray/.ready

test-mutants: setup $(MUTATION)  ## change the code in 400 places, one at a time: do the tests notice? About half an hour; see tests/mutation
	@nice -n 15 .venv/cosmic-ray/bin/python -m tests.mutation \
		$(if $(NUMBER),--number $(NUMBER)) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY)) $(if $(AGAIN),--again)

$(MUTATION): $(READY)
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check 'cosmic-ray>=8.4.6,<9'
	@touch $@

# The official package, and ours beside it for the tests that take its models.
$(OFFICIAL): $(READY)
	@echo "Setting up $(@D), for the tests that compare with the official package; that takes half a minute, once."
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check \
		$(patsubst .venv/azure-batch-%/.ready,azure-batch==%,$@) aiohttp \
		--editable '.[local]' pytest pytest-httpx hypothesis
	@touch $@

demo: setup  ## a thousand real tasks on the local service
	$(BIN)/python examples/count_standard_library.py

$(PYRIGHT): $(READY)
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check 'basedpyright>=1.29,<2' --editable .
	@touch $@

# batchtasks with nothing but what it needs, as `pip install batchtasks` gives it, and httpx2 for the rows with its transport.
.venv/plain/.ready: $(READY)
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[httpx2]'
	@touch $@

bench: setup $(OFFICIAL) .venv/plain/.ready  ## every comparison; writes docs/benchmarks.md
	$(BIN)/python bench/compare.py
	$(BIN)/python bench/service.py
	$(BIN)/python bench/bulk.py
	$(BIN)/python bench/hosts.py

serve: setup  ## the local Batch service, until Ctrl-C
	$(BIN)/batchtasks serve
