class Asking:
    """Keeps the transaction sound while checks ask the database something.

    The savepoint is set by the first question, so that checks that ask nothing cost
    nothing; checks write nothing that would have to be undone otherwise.
    """

    def __init__(self, cr):
        self._cr = cr
        self._savepoint = None

    def begin(self):
        """Set the savepoint, once."""
        if not self._savepoint:
            self._savepoint = self._cr.savepoint(flush=False)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if self._savepoint:
            self._savepoint.close(rollback=bool(error))
