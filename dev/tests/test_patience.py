"""What never ends is ended, and says so: a test, a program, a run whose worker died."""

import os
import signal
import sys
import threading
import time

import pytest

from dev import patience
from dev.errors import DevError
from dev.testing import IN_PARALLEL


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """Who is told to leave has but a moment."""
    monkeypatch.setattr(patience, "LEAVING", 0.5)


def test_a_test_that_waits_fails_where_it_waits():
    with pytest.raises(pytest.fail.Exception) as found, patience.limited(0.2):
        threading.Event().wait()
    assert str(found.value) == "it has not ended after 0.2 s"
    assert any(entry.name == "wait" for entry in found.traceback)


def test_what_cleans_up_after_it_may_not_wait_either():
    with pytest.raises(pytest.fail.Exception) as found, patience.limited(0.2):
        try:
            threading.Event().wait()
        finally:
            time.sleep(60)
    assert isinstance(found.value.__context__, pytest.fail.Exception)


def test_an_inner_limit_leaves_the_outer_one():
    with pytest.raises(pytest.fail.Exception, match="0.4 s"), patience.limited(0.4):
        with patience.limited(60):
            pass
        threading.Event().wait()
    assert signal.getitimer(signal.ITIMER_REAL)[0] > 60  # this test's own


def test_a_program_that_does_not_end_is_killed_and_quoted(tmp_path):
    wait = "import time; print('here', flush=True); time.sleep(60)"
    with pytest.raises(DevError, match="not ended after 1 s .* said: here"):
        patience.output_of(sys.executable, "-c", wait, cwd=tmp_path, seconds=1)


@pytest.mark.parametrize("ending", ["raise", "pass"])
def test_a_run_that_does_not_end_is_interrupted_then_killed(tmp_path, capfd, ending):
    stubborn = f"""
import time
for _turn in range(2):
    try:
        print("here", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
        {ending}
"""
    with pytest.raises(DevError, match="not ended after"):
        patience.returncode_of(
            [sys.executable, "-c", stubborn], cwd=tmp_path, env=os.environ, seconds=0.5
        )
    assert "interrupted" in capfd.readouterr().out


def test_the_exit_code_of_a_run_that_ends(tmp_path):
    command = [sys.executable, "-c", "raise SystemExit(3)"]
    assert patience.returncode_of(command, cwd=tmp_path, env=os.environ) == 3


def test_a_worker_that_dies_in_the_last_test_ends_the_run(tmp_path):
    for name in "abc":
        (tmp_path / f"test_{name}.py").write_text("def test(): pass\n")
    (tmp_path / "test_z.py").write_text(
        "import os, time\n"
        "def test_slow(): time.sleep(0.5)\n"
        "def test_deadly(): os.kill(os.getpid(), 9)\n"
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:odoo", *IN_PARALLEL]
    done = patience.output_of(*command, tmp_path, cwd=tmp_path, seconds=60)
    assert done.returncode == 1, done.stdout
    assert "crashed while running 'test_z.py::test_deadly'" in done.stdout
    assert "1 failed, 4 passed" in done.stdout
