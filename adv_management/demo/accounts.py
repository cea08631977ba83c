"""The accounts: invoices, credit notes, and how each customer pays."""

from datetime import timedelta

from odoo import Command

from .actor import Actor

# How late a customer pays, in days after the due date: (first, last) and the share of
# invoices that meet it; None is never. Parts: half the amount on the first date.
PAYERS = {
    "early": (((-12, -2), 1.0),),
    "punctual": (((0, 3), 0.9), ((5, 12), 0.1)),
    "late": (((8, 35), 0.85), ((0, 4), 0.15)),
    "slow": (((3, 18), 0.75), ((25, 55), 0.25)),
    "partial": (((0, 6), 1.0),),
    "bad": (((40, 75), 0.55), (None, 0.45)),
}
BANK_DAY = 3  # Thursday


class Accounts(Actor):
    """Nathalie: bills what was delivered, credits, and enters the payments."""

    def __init__(self, *args):
        super().__init__(*args)
        self.env = self.as_user("nathalie")
        self.bank = self.stage.bank_journal
        self.payer = {
            self.masters.customers[row["ref"]].id: row["payer"]
            for row in self.story.customers
        }
        self.expected = {}  # day -> [(invoice, is_part)]

    def doings(self):
        return {
            "bill": (self.bill, (16, 30)),
            "credit": (self.credit, (17, 0)),
            "collect": (self.collect, (17, 30)),
        }

    # -- invoices ----------------------------------------------------------------

    def bill(self, event):
        """Invoice what was delivered since the last time, one invoice a customer.

        Who pays at 60 days gets one an order: the law allows 45 days for summaries.
        """
        orders = self.env["sale.order"].search(
            [
                ("company_id", "=", self.company.id),
                ("invoice_status", "=", "to invoice"),
            ],
            order="id",
        )
        orders = orders.filtered(
            lambda order: all(line.qty_to_invoice >= 0 for line in order.order_line)
        )
        if not orders:
            return
        single = orders.filtered(
            lambda order: order.payment_term_id == self.masters.terms["60"]
        )
        invoices = self.env["account.move"]
        if orders - single:
            invoices += (orders - single)._create_invoices()
        if single:
            invoices += single._create_invoices(grouped=True)
        invoices.action_post()
        for invoice in invoices.sorted("id"):
            self._expect_payment(invoice, event.day)

    def credit(self, event):
        """Make a credit note by the reversal wizard, for goods or for a wrong price."""
        order = self.orders[event.subject.number].with_env(self.env)
        invoice = order.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )[:1]
        if not invoice:  # not billed yet
            self.agenda.add(
                self.days.add(event.day, 5), "credit", event.subject, event.detail
            )
            return
        line = order.order_line[:1]
        if event.detail == "return":
            line = order.order_line.filtered(lambda line: line.qty_to_invoice < 0)
            if not line:
                return  # billed after the return: nothing to credit
        returned = -line.qty_to_invoice  # before the draft counts
        refund = self._reverse(invoice, event)
        kept = refund.invoice_line_ids.filtered(
            lambda item: item.sale_line_ids == line
        )[:1]
        (refund.invoice_line_ids - kept).unlink()
        if event.detail == "return":
            kept.quantity = returned
        else:
            kept.write(
                {
                    "price_unit": kept.price_unit * 0.1,
                    "sale_line_ids": [Command.clear()],
                }
            )
        refund.action_post()
        self._match(refund, invoice)

    def _reverse(self, invoice, event):
        reasons = {"return": "Retour de marchandise", "price": "Erreur de prix"}
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(
                {
                    "reason": reasons[event.detail],
                    "journal_id": invoice.journal_id.id,
                    "date": event.day,
                }
            )
        )
        action = wizard.refund_moves()
        return self.env["account.move"].browse(action["res_id"])

    def _match(self, refund, invoice):
        """Set the credit note against its invoice, as far as that is still open."""
        receivable = refund.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        if invoice.amount_residual >= refund.amount_total:
            invoice.js_assign_outstanding_line(receivable.id)

    # -- payments ----------------------------------------------------------------

    def _expect_payment(self, invoice, billed_on):
        payer = self.payer[invoice.commercial_partner_id.id]
        spans, weights = zip(*PAYERS[payer], strict=True)
        span = self.rng.choices(spans, weights)[0]
        if span is None:
            return
        day = invoice.invoice_date_due + timedelta(self.rng.randint(*span))
        self._expect(invoice, max(day, billed_on + timedelta(2)), payer == "partial")
        if payer == "partial" and self.rng.random() < 0.6:
            self._expect(invoice, day + timedelta(self.rng.randint(20, 45)))

    def _expect(self, invoice, day, is_part=False):
        day += timedelta((BANK_DAY - day.weekday()) % 7)
        day = self.days.next(day)
        if day not in self.expected:
            self.expected[day] = []
            self.agenda.add(day, "collect", None)
        self.expected[day].append((invoice, is_part))

    def collect(self, event):
        """Enter the payments of a bank statement, one for each customer."""
        expected = self.expected.pop(event.day)
        full = [
            invoice
            for invoice, is_part in expected
            if not is_part and invoice.amount_residual > 0
        ]
        if full:
            self._pay(self.env["account.move"].union(*full), event.day)
        for invoice, is_part in expected:
            if is_part:
                half = invoice.currency_id.round(invoice.amount_residual / 2)
                self._pay(invoice, event.day, amount=half)

    def _pay(self, invoices, day, **vals):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoices.ids)
            .create(
                {
                    "payment_date": day,
                    "journal_id": self.bank.id,
                    "group_payment": len(invoices) > 1,
                    **vals,
                }
            )
        )
        wizard.action_create_payments()
