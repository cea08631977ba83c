"""Loads our rules for a pytest run."""

pytest_plugins = ["dev.pytest_plugin"]
