"""``python3 -m dev COMMAND``; ``make help`` lists the commands."""

import sys

if sys.version_info[:2] != (3, 11):
    sys.exit(
        "adv_management: Python 3.11 is needed, this is %d.%d:"  # noqa: UP031 (read by old Pythons)
        " install it and say `make PYTHON=/path/to/python3.11 ...`"
        % sys.version_info[:2]
    )

from dev.cli import main

sys.exit(main())
