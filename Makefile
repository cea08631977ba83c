PYTHON ?= $(shell command -v python3.11 || command -v python3)
DEV = $(PYTHON) -m dev

.PHONY: help demo test test-fast lint clean distclean

help:  ## what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

test:  ## all tests, or one room: make test T=commitment
	@$(DEV) test $(T)
