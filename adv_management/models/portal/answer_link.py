"""The link by which a customer answers: what it is about, signed, and nothing else.

A link is signed over the message, the order and the very terms that the customer was
told (lines, quantities, dates): no part of it can be exchanged for another one. Whoever
holds it is the customer, as with Odoo's own portal links.
"""

import hashlib
import json
import re
import time
from datetime import timedelta
from typing import NamedTuple

from odoo.tools.misc import hash_sign, verify_hash_signed

# A month is longer than anybody looks for an answer to a delay; no company needs
# another figure, because the next notice brings a new link.
LIFE = timedelta(days=30)
_TOKEN = re.compile(r"(?<=/adv/order/)[\w-]+")
_SCOPE = "adv_management.customer_answer"


class AnswerLink(NamedTuple):
    """What stands in a link; ``expires`` is a Unix time.

    The expiry is one of the signed values, not that of ``hash_sign``, which does not
    tell an expired link (the customer's: he may know whom to call) from a forged one.
    """

    message_id: int
    order_id: int
    company_id: int
    partner_id: int
    terms: str
    expires: int

    @classmethod
    def make(cls, *values):
        """Return a new link of these values, which lives from now on."""
        return cls(*values, int(time.time() + LIFE.total_seconds()))

    @classmethod
    def verify(cls, env, token):
        """Return the link of a token, or None if we have not signed it.

        :param env: with sudo, to read the database's secret
        """
        try:
            values = verify_hash_signed(env, _SCOPE, token)
        except ValueError:  # neither base64 nor text
            return None
        return values and cls(*values)

    def sign(self, env):
        """Return the token that goes into the address."""
        return hash_sign(env, _SCOPE, list(self))

    @classmethod
    def renew(cls, env, text):
        """Return a text whose links live from now on; what we have not signed stays.

        :param env: with sudo, to read the database's secret
        """

        def renewed(match):
            link = cls.verify(env, match[0])
            return cls.make(*link[:-1]).sign(env) if link else match[0]

        return _TOKEN.sub(renewed, text or "")

    @property
    def is_expired(self):
        return time.time() >= self.expires

    @property
    def digest(self):
        """The name of what is asked: the same whenever the link was written."""
        return digest(self[:-1])


def digest(values):
    """Return a short text that stands for these values.

    >>> digest([1, "a"]) == digest([1, "a"]) != digest([1, "b"])
    True
    >>> len(digest([]))
    32
    """
    text = json.dumps(values, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
