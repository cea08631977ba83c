"""Jobs that die at every step: Odoo is loaded once and forks for each death.

As in ``jobs``, what is here is loaded by its path, by ``runner.py``.
"""

import json
import os
import signal
import sys
import threading
import traceback

from odoo import SUPERUSER_ID, api, sql_db
from odoo.tools import SQL

_LEDGER = ("adv_commitment", "adv_commitment_revision", "adv_commitment_todo")
# What two takings of the same history do not share; the causes are not there yet when
# an installation takes it.
_CHANCE = ("id", "commitment_id", "cause_id")
_LONGEST = 200  # seconds that a child may take, less than its parent
_inherited = []  # connections of the parent: closed by a child, they would end for both


def kill_everywhere(env, **kwargs):
    """Run the engine again and again from the same state, killed before its first,
    second... statement or commit; after each death a whole run must give the figures
    of a run that nobody disturbed. Then let it die over and over without going back.

    Print the number of steps, and those after which the figures differ.
    """
    _keep(env)
    _run_in_child(env, kwargs)
    reference, step, wrong = _read_ledger(env), 1, []
    _restore(env)
    while _run_in_child(env, kwargs, step):
        _run_in_child(env, kwargs)
        if _read_ledger(env) != reference:
            wrong.append(step)
        _restore(env)
        step += 1
    _restore(env)  # the last run went to its end
    deaths = 1
    while _run_in_child(env, kwargs, deaths):
        deaths += 1
    if _read_ledger(env) != reference:
        wrong.append("over and over")
    result = {"steps": step - 1, "deaths": deaths - 1, "wrong": wrong}
    sys.stdout.write(f"result {json.dumps(result)}\n")


def install_and_die(env, points):
    """Install the addon, killed at each of these points in turn, then to its end;
    print whether each death left nothing, and whether the history taken over in the end
    is what it is without deaths. An upgrade must leave it as it is.
    """
    result = {"left": []}
    for point in points:
        if not _run_child(env, _install, point):
            result["left"].append(f"not killed at {point}")
        env.cr.execute("SELECT to_regclass('adv_commitment')")
        if env.cr.fetchone()[0]:
            result["left"].append(point)
    _run_child(env, _install_and_check)
    _run_child(env, _upgrade_and_check)
    env.cr.execute("SELECT count(*) FROM adv_commitment_checked")
    result["count"] = env.cr.fetchone()[0]
    sys.stdout.write(f"result {json.dumps(result)}\n")


def _install(env):
    return type(env.registry).new(
        env.cr.dbname, update_module=True, install_modules=["adv_management"]
    )


def _install_and_check(env):
    """Install, then compare the history with one taken over once more."""
    with _install(env).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        first = _read_ledger(env, without=_CHANCE)[:2]
        cr.execute("CREATE TABLE adv_commitment_checked AS TABLE adv_commitment")
        for table in reversed(_LEDGER):
            cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
        env["adv.commitment"]._fill_history()
        again = _read_ledger(env, without=_CHANCE)[:2]
        if again != first:
            different = [set(a) ^ set(b) for a, b in zip(first, again, strict=True)]
            raise AssertionError(f"the history differs: {different}")


def _upgrade_and_check(env):
    """Upgrade, then compare all rows as they are, times and ids included."""
    rows = _read_rows(env)
    registry = type(env.registry).new(
        env.cr.dbname, update_module=True, upgrade_modules=["adv_management"]
    )
    with registry.cursor() as cr:
        if _read_rows(api.Environment(cr, SUPERUSER_ID, {})) != rows:
            raise AssertionError("an upgrade changed the ledger")


def _read_rows(env):
    """All rows of the ledger, those that wait left aside: bridges may note some."""
    rows = []
    with env.registry.cursor() as cr:
        for table in _LEDGER[:2]:
            cr.execute(SQL("SELECT * FROM %s ORDER BY id", SQL.identifier(table)))
            rows.append(cr.fetchall())
    return rows


def wait_for_ever(env):
    """Wait for nothing, with a deadline that has almost come."""
    signal.alarm(1)
    threading.Event().wait()


def wait_for_child(env):
    """Wait for a child that never ends by itself."""
    _run_child(env, wait_for_ever)


def _run_engine(env, **kwargs):
    with env.registry.cursor() as cr:
        engine = api.Environment(cr, SUPERUSER_ID, {})["adv.commitment"]
        engine._cron_refresh(**kwargs)


def _run_in_child(env, kwargs, step=None):
    """Run the engine in a child and return whether it was killed, as it then must be
    before that step.
    """
    point = step and f"sql:{step}:before"
    return _run_child(env, _run_engine, point, **kwargs)


def _run_child(env, function, point=None, **kwargs):
    """Run a function in a child and return whether it was killed, at that point."""
    env.cr.commit()  # pylint: disable=invalid-commit
    child = os.fork()
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status not in (0, -9):
            raise AssertionError(f"the child ended with {status}")
        return bool(status)
    try:
        from deadline import end_within
        from kill_point import KillPoint

        end_within(_LONGEST)
        _inherited.extend((sql_db._Pool, env.registry._db))
        sql_db._Pool = None
        env.registry._db = sql_db.db_connect(env.cr.dbname)
        if point:
            KillPoint(point).arm()
        function(env, **kwargs)
        os._exit(0)
    except BaseException:  # noqa: BLE001 (two of this program must not go on)
        traceback.print_exc()
        os._exit(1)


def _keep(env):
    for table in _LEDGER:
        env.cr.execute(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")


def _restore(env):
    for table in reversed(_LEDGER):
        env.cr.execute(f"DELETE FROM {table}")
    for table in _LEDGER:
        env.cr.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")


def _read_ledger(env, without=()):
    """All that the engine wrote: commitments, revisions but for their ids and times,
    and what still waits.
    """
    env.cr.commit()  # pylint: disable=invalid-commit
    rows = []
    for table in _LEDGER:
        env.cr.execute(
            f"""SELECT to_jsonb(row) - %s::text[] FROM {table} row""",
            [["create_date", "write_date", *without] + ["id"] * (table != _LEDGER[0])],
        )
        rows.append(sorted(map(repr, env.cr.fetchall())))
    return rows
