"""The linters, one test each."""

import pytest

from dev import linters


@pytest.mark.parametrize("name", linters.NAMES)
def test_linter_finds_nothing(name):
    result = linters.check(linters.Tools.from_env(), name)
    assert result.returncode == 0, result.stdout
