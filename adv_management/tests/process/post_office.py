"""What processes do that write to customers; loaded by its path, as ``jobs``."""

import sys
import time

from odoo.service.model import retrying


def approve_messages(env, count):
    """Leave messages to so many customers approved, in a company that never sleeps."""
    env.company.email = "adv@delorme.example"
    env.company.write(
        {"adv_quiet_from": 0, "adv_quiet_to": 0, "resource_calendar_id": False}
    )
    messages = env["adv.customer.message"]._compose(
        [_vals(env, f"notice {number}") for number in range(count)]
    )
    messages.state = "queued"


def _vals(env, key):
    name = key.replace(" ", "")
    customer = env["res.partner"].create(
        {"name": name, "email": f"{name}@garage.example"}
    )
    return {
        "kind": "delay",
        "key": key,
        "company_id": env.company.id,
        "partner_id": customer.id,
    }


def send_by_queue(env):
    """Do what Odoo's scheduled action does, then learn what became of it."""
    env["mail.mail"].process_email_queue()
    env.cr.rollback()  # a new transaction sees what has been sent
    env["adv.customer.message"]._cron_send()


def compose_slowly(env, seconds):
    """Write the message that others are writing too, as a user's request does."""

    def compose():
        message = env["adv.customer.message"]._compose([_vals(env, "the same")])
        time.sleep(seconds)
        return message.id

    found = retrying(compose, env)
    sys.stdout.write(f"\nresult {found}\n")
