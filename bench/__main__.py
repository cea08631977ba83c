"""What ``make bench`` runs in Odoo's Python: fill a database, or measure."""

import argparse
import json
import sys
from datetime import date, datetime, time

from bench.session import Session, vacuum


def _fill(options):
    from bench.check import check  # noqa: PLC0415
    from bench.fill import fill  # noqa: PLC0415

    with Session(options.config, options.database) as session:
        fill(session.env, options.orders, datetime.combine(date.today(), time()))
        session.env.cr.commit()
        if options.check:
            check(session.env)
    vacuum(options.database)


def _measure(options):
    from bench.measure import measure  # noqa: PLC0415

    found = measure(options.config, options.plain, options.own, options.rounds)
    json.dump(found, sys.stdout)


def main():
    """Run one command in this process."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--config", required=True)
    commands = parser.add_subparsers(required=True)
    fill = commands.add_parser("fill")
    fill.add_argument("database")
    fill.add_argument("orders", type=int)
    fill.add_argument("--check", action="store_true", help="look at every row after")
    fill.set_defaults(run=_fill)
    measure = commands.add_parser("measure")
    measure.add_argument("plain", help="a filled database without the addon")
    measure.add_argument("own", help="a copy of it, on which the addon is installed")
    measure.add_argument("--rounds", type=int, default=60, help="of what is short")
    measure.set_defaults(run=_measure)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
