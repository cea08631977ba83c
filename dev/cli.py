"""The commands and their one-line errors."""

from __future__ import annotations

import argparse
import os
import signal

from dev import bench, cleaning, demo, errors, linters, testing
from dev.cache import Cache
from dev.console import warn


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python3 -m dev", description="Work on adv_management."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    show = commands.add_parser("demo", help="serve the addon with its demo story")
    show.add_argument("--port", type=int, default=8069)
    show.set_defaults(
        run=lambda options: demo.run(serve=demo.wants_to_serve(), port=options.port)
    )
    test = commands.add_parser("test", help="run the tests: all of them, or one room")
    test.add_argument("room", nargs="?", default=os.environ.get("T") or None)
    test.add_argument(
        "--pytest", default="", help="more options for pytest, as one text"
    )
    test.set_defaults(
        run=lambda options: testing.run_all(options.room, options.pytest.split())
    )
    fast = commands.add_parser("test-fast", help="run what needs no database")
    fast.set_defaults(run=lambda _options: testing.run_fast([]))
    scale = commands.add_parser(
        "bench", help="measure the budgets on databases with two years of trade"
    )
    scale.add_argument("sizes", nargs="*", type=int, help="numbers of orders")
    scale.set_defaults(run=lambda options: bench.run_all(options.sizes))
    lint = commands.add_parser(
        "lint", help="run the linters: all of them, or those named"
    )
    lint.add_argument("names", nargs="*", choices=[*linters.NAMES, []])
    lint.set_defaults(run=lambda options: linters.run_all(Cache(), options.names))
    form = commands.add_parser(
        "format", help="bring all files into the form that the linters ask for"
    )
    form.set_defaults(run=lambda _options: linters.write_format(Cache()))
    clean = commands.add_parser("clean", help="remove databases and what tests left")
    clean.set_defaults(run=lambda _options: cleaning.clean())
    distclean = commands.add_parser("distclean", help="remove the whole cache as well")
    distclean.set_defaults(run=lambda _options: cleaning.distclean())
    return parser.parse_args()


def main() -> int:
    """Run the command of the command line; a failure is one line."""
    options = _parse()
    # Whoever ends us, we leave the database server and Odoo in order.
    for ended in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ended, signal.default_int_handler)
    try:
        return options.run(options)
    except errors.DevError as error:
        warn(f"adv_management: {error}")
    except OSError as error:
        warn(f"adv_management: {errors.from_os_error(error)}")
    except KeyboardInterrupt:
        warn("adv_management: interrupted")
        return 130
    return 1
