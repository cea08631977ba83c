"""Where a real Odoo process kills itself."""

import functools
import os
import signal
import sys


class KillPoint:
    """Ends this process with SIGKILL at the n-th passage of a named point.

    ``commit:2:before``: before the second commit of any cursor;
    ``sql:17:before``: before the 17th statement or commit of any cursor;
    ``sql/ANALYZE:1:after``: once the first statement with this word has been executed;
    ``adv.commitment._measure:1:after``: once that method has first returned.
    """

    def __init__(self, text):
        self.target, count, self.when = text.rsplit(":", 2)
        self.left = int(count)

    def arm(self, registry=None):
        """Put the point in place; a method's one needs the registry, loaded."""
        from odoo.sql_db import Cursor

        kind, _, word = self.target.partition("/")
        if kind in ("commit", "sql") and not word:
            Cursor.commit = self._wrap(Cursor.commit)
        if kind == "sql":
            Cursor.execute = self._wrap(Cursor.execute, word)
        if kind not in ("commit", "sql"):
            model, _, method = self.target.rpartition(".")
            owner = registry[model]
            setattr(owner, method, self._wrap(getattr(owner, method)))

    def _wrap(self, function, word=""):
        @functools.wraps(function)
        def wrapped(*args, **kwargs):
            if word and word not in getattr(args[1], "code", str(args[1])):
                return function(*args, **kwargs)
            self.left -= 1
            if not self.left and self.when == "before":
                self._kill()
            result = function(*args, **kwargs)
            if not self.left and self.when == "after":
                self._kill()
            return result

        return wrapped

    @staticmethod
    def _kill():
        sys.stderr.write("kill point reached\n")
        sys.stderr.flush()
        os.kill(os.getpid(), signal.SIGKILL)
