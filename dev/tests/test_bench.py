"""What the addon asks of the database does not grow with the company."""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from dev import database
from dev.bench_table import more_queries
from dev.patience import output_of

SIZES = (200, 1000)
# Odoo's own search asks more the more there is to look at.
GROWS = {"Odoo: search of late availability"}
# It is chance what sets off what in a small company: whether some of the goods are
# bought for the order (a query for each link of the chain), whether an alert gets an
# activity (three), whether another week of the calendar is looked at (two).
CHANCE = 6
MEASURING = ("one supply change", "first run", "nightly run", "refresh")
# Orders are checked in sets, but their lines are read by the thousand, a query for each
# of the things that is read of them.
CHECKED, BY_THE_THOUSAND = "1,000 orders checked in sets", 25


@pytest.fixture(scope="module")
def found(request):
    """What the bench finds, by number of orders; the smaller database is checked."""
    option = request.config.getoption
    prefix, config = option("--odoo-database"), option("--odoo-config")
    with ThreadPoolExecutor() as threads:
        yield dict(zip(SIZES, threads.map(_find(prefix, config), SIZES), strict=True))


def _find(prefix, config):
    def find(orders):
        plain, own = f"{prefix}_plain_{orders}", f"{prefix}_own_{orders}"
        check = ["--check"] if orders == min(SIZES) else []
        with copied(os.environ["ADV_FULL_BASE"], plain):
            bench(config, "fill", plain, orders, *check)
            with copied(plain, own):
                return json.loads(bench(config, "measure", plain, own, "--rounds", 3))

    return find


@contextmanager
def copied(source, name):
    """Have a copy of a database for a while."""
    data_dir = os.environ["ADV_DATA_DIR"]
    database.copy(source, name, data_dir)
    try:
        yield
    finally:
        database.drop(name, data_dir)


def bench(config, *arguments):
    """Run a command of the bench and return its answer."""
    words = [sys.executable, "-m", "bench", "--config", config, *arguments]
    done = output_of(*words, cwd=os.environ["ADV_DATA_DIR"])
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_queries_do_not_grow_with_the_company(found):
    small, large = (
        {
            figure["name"]: figure["cost"][1]
            for figure in found[orders]["figures"]
            if figure["name"] not in GROWS
        }
        for orders in SIZES
    )
    more = {name: large[name] - small[name] for name in small}
    engine = {name: more.pop(name) for name in small if name.startswith(MEASURING)}
    assert more.pop(CHECKED) <= BY_THE_THOUSAND
    assert set(more.values()) == {0}, more
    assert len(engine) == 5
    assert max(engine.values()) <= CHANCE, engine


def test_clicks_do_not_ask_more_in_a_larger_company(found):
    small, large = (
        [(click["name"], click["own"][1]) for click in found[orders]["clicks"]]
        for orders in SIZES
    )
    assert small == large


@pytest.mark.parametrize("orders", SIZES)
def test_clicks_ask_little_more_than_without_us(found, orders):
    over = {
        click["name"]: click["own"][1] - click["plain"][1] - more_queries(click)
        for click in found[orders]["clicks"]
    }
    assert all(queries <= 0 for queries in over.values()), over


@pytest.mark.parametrize("orders", SIZES)
def test_all_order_controls_may_stop_the_confirmation(found, orders):
    [controls] = [c["controls"] for c in found[orders]["clicks"] if c["controls"]]
    assert controls >= 30


def test_the_promises_grow_with_the_company(found):
    """Or the other tests would prove nothing."""
    small, large = (found[orders]["figures"] for orders in SIZES)
    assert all(
        few["promises"] < many["promises"]
        for few, many in zip(small, large, strict=True)
        if few["promises"] is not None
    )
