"""When a real Odoo process ends if nobody ends it."""

import faulthandler
import signal


def end_within(seconds):
    """After so many seconds say where all threads are and end, whatever they wait for
    and whoever waits for this process. A fork has to set its own.
    """
    faulthandler.register(signal.SIGALRM, chain=True)
    signal.alarm(seconds)
