"""The budgets, measured on a filled database and beside the same without the addon."""

import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from odoo.tools import SQL

from bench.clicks import compare_clicks
from bench.session import Cost, Session, typical

INSTALL_BUDGET, REFRESH_BUDGET, CHANGE_BUDGET, ALERT_BUDGET = 60, 5, 0.2, 10
CHECK_BUDGET = 10
# As many promises turn late at once, measured in batches as the engine measures them.
_LATE, _BATCH = 10000, 5000
# So many orders are checked.
_CHECKED = 1000
_LOADED = re.compile(r"modules loaded in \S+, (\d+) queries \(\+(\d+) extra\)")
# Waiting lines by what they wait for: whose supply changes, they are measured again.
# Each with a receipt that some late promise waits for, so that in any company a change
# of it changes something.
_GOODS = """
SELECT product_id, COUNT(*),
       (ARRAY_AGG(evidence_move_id ORDER BY date_predicted DESC, evidence_move_id)
        FILTER (WHERE is_moving))[1] AS receipt_id
  FROM (SELECT *, status IN ('late', 'will_be_late') AND date_predicted > %s
                  AND evidence_move_id IS NOT NULL AS is_moving
          FROM adv_commitment) commitment
 WHERE status NOT IN ('delivered', 'cancelled') AND product_id IS NOT NULL
GROUP BY product_id HAVING BOOL_OR(is_moving)
ORDER BY COUNT(*) DESC, product_id
"""
# The night turns for all that time alone changes: what is due tomorrow is due today.
_TURN_THE_NIGHT = """
UPDATE adv_commitment SET date_next_check = date_next_check - 1
 WHERE date_next_check = (SELECT MIN(date_next_check) FROM adv_commitment)
RETURNING 1
"""


class Figure(NamedTuple):
    """One line of the table: what was done, to how many promises, what it cost."""

    name: str
    cost: Cost
    promises: float | None = None
    budget: float | None = None


def measure(config, plain, own, rounds) -> dict:
    """Return the figures of all budgets that exist so far, and what clicks cost with
    us and without.

    :param plain: a filled database without the addon, left as it is
    :param own: a copy of it, on which the addon is installed and works
    """
    installing = _install(config, own)
    with Session(config, own) as with_us, Session(config, plain) as without_us:
        figures = [_tell(figure) for figure in _engine(with_us, installing, rounds)]
        clicks = [_tell(each) for each in compare_clicks(with_us, without_us, rounds)]
        figures.append(
            _tell(Figure("Odoo: search of late availability", _peer(without_us)))
        )
    return {
        "figures": [figure._asdict() for figure in figures],
        "clicks": [click._asdict() for click in clicks],
    }


def _tell(found):
    """Print what was found so far, for whoever does not wait for the table."""
    sys.stderr.write(f"{found}\n")
    return found


def _install(config, database) -> Cost:
    command = [sys.executable, "-m", "odoo", "--config", config, "-d", database]
    command += ["-i", "adv_management", "--stop-after-init", "--no-http"]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    loaded = _LOADED.findall(done.stderr)
    if done.returncode or not loaded:
        raise RuntimeError(f"The installation failed: {done.stderr[-2000:]}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Cost(seconds, sum(int(extra) for _own, extra in loaded), peak)


def _engine(session, installing, rounds) -> Iterator[Figure]:
    """Yield what the engine's work costs, in the order in which a company meets it."""
    run = session.env["adv.commitment"]._cron_refresh
    [(promises,)] = session.env.execute_query(
        SQL("SELECT COUNT(*) FROM adv_commitment")
    )
    yield Figure("install, history included", installing, promises, INSTALL_BUDGET)
    [(noted,)] = session.env.execute_query(
        SQL("SELECT COUNT(DISTINCT sale_line_id) FROM adv_commitment_todo")
    )
    yield Figure("first run of the scheduled action", session.cost(run), noted)
    yield _whole_refresh(session)
    yield from _supply_changes(session, rounds)
    yield _alerts(session)
    yield _checks(session)
    night = len(session.env.execute_query(SQL(_TURN_THE_NIGHT)))
    session.env.cr.commit()
    yield Figure("nightly run, a day has passed", session.cost(run), night)


def _whole_refresh(session) -> Figure:
    lines = [
        line
        for (line,) in session.env.execute_query(
            SQL(
                "SELECT sale_line_id FROM adv_commitment"
                " WHERE status NOT IN ('delivered', 'cancelled')"
            )
        )
    ]
    cost = session.cost(lambda: session.env["adv.commitment"]._refresh(lines))
    session.undo()
    return Figure("refresh of all open promises", cost, len(lines), REFRESH_BUDGET)


def _alerts(session) -> Figure:
    """Return what it costs to open the alerts of promises that turn late all at once,
    each with an activity.
    """
    env = session.env
    env.company.adv_alert_user_id = env.ref("base.user_admin")
    rows = env.execute_query(
        SQL(
            "SELECT sale_line_id FROM adv_commitment"
            " WHERE status IN ('late', 'will_be_late') ORDER BY id LIMIT %s",
            _LATE,
        )
    )
    lines = [line for (line,) in rows]
    env.cr.execute("DELETE FROM adv_delay_alert")

    def open_alerts():
        for start in range(0, len(lines), _BATCH):
            frame = env["adv.commitment"]._get_frame()
            env["adv.delay.alert"]._sync(lines[start : start + _BATCH], frame)

    cost = session.cost(open_alerts)
    session.undo()
    return Figure("alerts of what turned late", cost, len(lines), ALERT_BUDGET)


def _checks(session) -> Figure:
    """Return what it costs to check confirmed orders against all controls, in sets, as
    the scheduled action does after their confirmation.
    """
    orders = session.env["sale.order"].search(
        [("state", "=", "sale")], order="id", limit=_CHECKED
    )
    for checkpoint in ("confirmation", "release"):
        session.env["adv.control"]._note(orders, checkpoint)
    cost = session.cost(session.env["adv.control"]._run_pending)
    session.undo()
    return Figure("1,000 orders checked in sets", cost, None, CHECK_BUDGET)


def _supply_changes(session, rounds) -> Iterator[Figure]:
    """Yield what the engine's run costs after a receipt of a product moved by a
    week: of the product that most lines wait for, and of products as many wait for as
    usual.
    """
    next_week = date.today() + timedelta(8)
    goods = session.env.execute_query(SQL(_GOODS, next_week))
    middle = max(len(goods) - rounds, 0) // 2
    usual = goods[middle : middle + rounds]
    most = [goods[0]] * max(rounds // 4, 1)
    for whose, chosen in (("busiest product", most), ("usual product", usual)):
        yield Figure(
            f"one supply change, {whose}",
            typical(
                _supply_change(session, product, receipt, weeks=1 - turn % 2 * 2)
                for turn, (product, _lines, receipt) in enumerate(chosen)
            ),
            statistics.median(lines for _product, lines, _receipt in chosen),
            CHANGE_BUDGET,
        )


def _supply_change(session, product, receipt, weeks) -> Cost:
    """Return what it costs that a receipt comes some weeks later, or earlier."""
    session.env.cr.execute(
        "UPDATE stock_move SET date = date + %s * INTERVAL '1 week' WHERE id = %s",
        [weeks, receipt],
    )
    commitments = session.env["adv.commitment"]
    commitments._note_changes({}, [product])
    session.env.cr.commit()
    return session.cost(commitments._cron_refresh)


def _peer(session) -> Cost:
    """Return the cost of the search that answers in Odoo which deliveries wait for
    goods that come too late.
    """
    domain = [("products_availability_state", "=", "late")]
    cost = session.cost(lambda: session.env["stock.picking"].search(domain))
    session.undo()
    return cost
