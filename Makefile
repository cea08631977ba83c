PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8069
DEV = $(PYTHON) -m dev

.DEFAULT_GOAL := help
.PHONY: help bench demo test test-fast lint format clean distclean

help:  ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20
	@echo "ODOO_DIR=… uses an Odoo 19 checkout, PGHOST PGPORT PGUSER a PostgreSQL server,"
	@echo "ADV_CACHE=… another folder for what is kept between runs."

demo:  ## serve the addon with its demo story on port 8069 (PORT=…; SERVE=0 only builds it)
	@$(DEV) demo --port $(PORT)

test:  ## all tests and linters; one room: T=commitment
	@$(DEV) test $(T)

test-fast:  ## what needs no database, in seconds
	@$(DEV) test-fast

bench:  ## the budgets at 20,000 and 200,000 orders, or at SIZE=1000000
	@$(DEV) bench $(SIZE)

lint:  ## only the linters
	@$(DEV) lint

format:  ## lay out all files as the linters ask
	@$(DEV) format

clean:  ## remove the databases and what runs left in the checkout
	@$(DEV) clean

distclean:  ## remove the whole cache as well
	@$(DEV) distclean
