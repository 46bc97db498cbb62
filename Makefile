# `make` alone lists what there is. The two commands that matter: `make run` and `make test`.

PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
PY := .venv/bin/python
PIP := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes
UV ?= uv
NAME ?= change
MINUTES ?= 30
# One more than there are cores: servers and browsers under test wait as long as they work.
WORKERS ?= $(shell echo $$(($$(nproc) + 1)))
# What was compiled is kept, also where the surroundings say otherwise: a server starts a quarter sooner.
export PYTHONDONTWRITEBYTECODE :=
.DEFAULT_GOAL := help
.PHONY: help audit packages backup backup-key restore bench run run-scaled faults soak steward push-keys lines test test-scaled test-quick shots lint format migration pins clean needs
.NOTPARALLEL:

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run  ## serve at 127.0.0.1:8000 with a small demo world (HOST and PORT choose another address)
	@exec $(PY) app.py

run-scaled: needs .venv/run  ## serve by four processes, with PostgreSQL, Redis and HAProxy, at 127.0.0.1:8000; keeps nothing
	@exec $(PY) -m deploy.run_scaled

steward: .venv/run  ## let an account decide, with a second one, what concerns every group; END=1 ends it
	@$(PY) app.py steward $(if $(END),--end)

push-keys: .venv/run  ## make the key for reminders on devices, once; needs the settings of `make run`
	@$(PY) app.py push-keys

backup-key: .venv/run  ## make the pair of keys for backups, once; the secret half is shown and kept nowhere here
	@$(PY) -m groups.backups key

backup: .venv/run  ## write an encrypted backup into instance/backups/, with the settings of `make run`
	@$(PY) -m groups.backups make

restore: .venv/run  ## fill an empty house from a backup: make restore FILE=…; what was deleted since stays deleted
	@$(PY) -m groups.backups restore $(if $(WITHOUT_LIST),--without-list) $(if $(OLD_LIST),--old-list) "$(FILE)"

lines: .venv/run  ## list the numbers on the page /lines, the longest unchecked first
	@$(PY) -m groups.crisis.check

test: needs .venv/test tests/node/node_modules tests/readers/.venv  ## run every test, with the browser, PostgreSQL and Node it needs
	@REQUIRE_SERVICES=1 $(PY) -m pytest -n $(WORKERS) --dist worksteal
	@$(PY) -m ruff check --quiet

test-scaled: needs .venv/test  ## run the browser's journeys against four processes behind HAProxy
	@REQUIRE_SERVICES=1 $(PY) -m pytest -m scaled

faults: needs .venv/test tests/node/node_modules tests/readers/.venv  ## break it in every way we know and count what is lost, into bench/results (twenty minutes)
	@REQUIRE_SERVICES=1 $(PY) -m tests.faults.run $(FAULTS)

soak: needs .venv/test tests/node/node_modules  ## 300 people come, share and go for half an hour (MINUTES says how long): what grows?
	@REQUIRE_SERVICES=1 $(PY) -m tests.faults.run soak $(MINUTES)

test-quick: .venv/test  ## run the tests that start no browser and hardly a server
	@$(PY) -m pytest tests/rules tests/actions tests/house --ignore=tests/house/test_start.py

lint: .venv/test  ## look for mistakes that can be seen without running anything
	@$(PY) -m ruff check --quiet

audit: needs .venv/test audit/.venv  ## let strangers' tools look for holes: bandit, semgrep, schemathesis, wapiti, pip-audit (ten minutes)
	@$(PY) -m audit.run

packages: audit/.venv  ## look up what is known to be wrong with the packages that serve people; to be done weekly
	@audit/.venv/bin/python -m audit.packages

bench: needs .venv/bench .venv/test tests/node/node_modules  ## measure the calendar and live meetings, beside others and as they grow, into bench/results (half an hour)
	@$(PY) -m bench.calendar
	@$(PY) -m bench.live
	@$(PY) -m bench.growing
	@$(PY) -m bench.signing_in

shots: .venv/test  ## make pictures of every page into shots/, and those of the README
	@$(PY) -W ignore -m tests.pictures

format: .venv/test  ## mend what can be mended by itself, such as the order of imports; lines are broken by whoever writes them
	@$(PY) -m ruff check --quiet --fix

migration: .venv/run  ## draft a migration from the models: make migration NAME="rooms can be locked"
	@$(PY) -m groups.migrating "$(NAME)"

pins:  ## choose versions anew: compile the five requirements.in with hashes (needs uv)
	@UV_CUSTOM_COMPILE_COMMAND="make pins" $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links requirements.in -o requirements.txt
	@UV_CUSTOM_COMPILE_COMMAND="make pins" $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links -c requirements.txt tests/requirements.in -o tests/requirements.txt
	@UV_CUSTOM_COMPILE_COMMAND="make pins" $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links tests/readers/requirements.in -o tests/readers/requirements.txt
	@UV_CUSTOM_COMPILE_COMMAND="make pins" $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links -c requirements.txt bench/requirements.in -o bench/requirements.txt
	@UV_CUSTOM_COMPILE_COMMAND="make pins" $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links audit/requirements.in -o audit/requirements.txt

clean:  ## remove what was installed and cached here; instance/, with the data, stays
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis tests/node/node_modules tests/readers/.venv audit/.venv
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

needs:
	@PYTHON="$(PYTHON)" tests/needs

# The files .venv/run and .venv/test say that what they depend on is installed.

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Lamplight needs Python 3.11 or newer. On Debian: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Could not make .venv. On Debian: apt-get install python3-venv"; exit 1; }

.venv/run: requirements.txt | .venv/bin/python
	@echo "Installing what Lamplight runs on …"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/test: tests/requirements.txt | .venv/bin/python
	@echo "Installing what the tests need …"
	@$(PIP) -r tests/requirements.txt
	@touch .venv/run $@

.venv/bench: bench/requirements.txt | .venv/bin/python
	@echo "Installing what measuring needs …"
	@$(PIP) -r bench/requirements.txt
	@touch .venv/run $@

tests/node/node_modules: tests/node/package-lock.json
	@cd tests/node && npm ci --silent --no-audit --no-fund
	@touch $@

audit/.venv: audit/requirements.txt
	@test -n "$(PYTHON)" || { echo "Lamplight needs Python 3.11 or newer. On Debian: apt-get install python3 python3-venv"; exit 1; }
	@echo "Installing what looks for holes …"
	@$(PYTHON) -m venv $@
	@$@/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r audit/requirements.txt || { rm -rf $@; exit 1; }
	@touch $@

tests/readers/.venv: tests/readers/requirements.txt
	@test -n "$(PYTHON)" || { echo "Lamplight needs Python 3.11 or newer. On Debian: apt-get install python3 python3-venv"; exit 1; }
	@echo "Installing what else reads calendars …"
	@$(PYTHON) -m venv $@
	@$@/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r tests/readers/requirements.txt || { rm -rf $@; exit 1; }
	@touch $@
