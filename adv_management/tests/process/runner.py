"""The program that a process-level test starts: a real Odoo, which may kill itself.

Only tests start it; the product knows nothing of it. It loads the registry of one
database, arms the kill point, then calls a method and commits, or serves. If it does
not end in time, it says where it is and ends, whoever waits for it.
"""

import argparse
import importlib.util
import json
from pathlib import Path


def _parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--odoo", type=json.loads, required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--kill-at")
    parser.add_argument("--call")
    parser.add_argument("--function")
    parser.add_argument("--kwargs", type=json.loads, default={})
    parser.add_argument("--serve", action="store_true")
    return parser.parse_args()


def _load_function(spec):
    """The function that ``/path/to/file.py:name`` names."""
    path, _, name = spec.rpartition(":")
    module_spec = importlib.util.spec_from_file_location(Path(path).stem, path)
    module = importlib.util.module_from_spec(module_spec)
    module_spec.loader.exec_module(module)
    return getattr(module, name)


def _call(registry, options):
    from odoo import SUPERUSER_ID, api

    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        if options.function:
            _load_function(options.function)(env, **options.kwargs)
        else:
            model, _, method = options.call.rpartition(".")
            getattr(env[model], method)(**options.kwargs)


def main():
    options = _parse()
    from deadline import end_within

    end_within(options.seconds)
    import odoo.cli  # noqa: F401 (sets Odoo up)
    from odoo.modules.registry import Registry
    from odoo.service import server
    from odoo.tools import config

    config.parse_config([*options.odoo, "-d", options.database], setup_logging=True)
    server.load_server_wide_modules()
    registry = Registry(options.database)
    if options.kill_at:
        from kill_point import KillPoint

        KillPoint(options.kill_at).arm(registry)
    if options.serve:
        server.start(preload=[], stop=False)
    else:
        _call(registry, options)


if __name__ == "__main__":
    main()
