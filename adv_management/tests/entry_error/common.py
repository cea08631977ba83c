"""Entry errors at work: a desk whose orders get corrected, credited and returned."""

from odoo import Command, fields

from ...models.control.finding import Finding, Outcome, Verdict
from ..common import AdvCommon

TUESDAY = "2026-03-03 09:00:00"
WEDNESDAY = "2026-03-04 09:00:00"


class ErrorCase(AdvCommon):
    """Anna enters orders, Bert is her colleague, Marie manages the desk.

    ``sell_as`` has somebody enter an order, ``correct`` changes it later,
    ``find`` runs the job and returns what it proposed, ``declare`` is the wizard.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = cls._create_user("anna", "adv_management.group_adv_user")
        cls.bert = cls._create_user("bert", "adv_management.group_adv_user")
        cls.marie = cls._create_user("marie", "adv_management.group_adv_manager")
        cls.errors = cls.env["adv.entry.error"]

    # Flows ----------------------------------------------------------------------------

    @classmethod
    def sell_as(cls, user, *quantities, **kwargs):
        """Return an order that ``user`` entered (and confirmed), as by ``sell``."""
        env = cls.env
        cls.env = env(user=user)
        try:
            return cls.sell(*quantities, **kwargs).with_env(env)
        finally:
            cls.env = env

    @classmethod
    def _run_engine(cls):
        cls.env(su=True)["adv.commitment"]._run_pending()

    @classmethod
    def correct(cls, record, at=TUESDAY, user=None, **vals):
        """Write on an order or a line, as somebody of the desk, at a later time."""
        with cls.act(at):
            record.with_user(user or cls.bert).write(vals)
            cls.env.cr.flush()

    @classmethod
    def find(cls, order, at=TUESDAY, state="suspected"):
        """Run the job; return the order's errors in this state, oldest first."""
        with cls.act(at):
            cls.errors._run_pending()
        cls.env.invalidate_all()
        return cls.errors.search(
            [("order_id", "=", order.id), ("state", "=", state)], order="id"
        )

    @classmethod
    def declare(cls, order, code, line=None, user=None, at=TUESDAY, **vals):
        """Declare an error by the wizard; return it."""
        with cls.act(at):
            cls.errors.env["adv.entry.error.declare"].with_user(
                user or cls.bert
            ).create(
                {
                    "order_id": order.id,
                    "type_id": cls.get_type(code).id,
                    "line_id": line.id if line else False,
                    **vals,
                }
            ).action_declare()
        return cls.errors.search([("order_id", "=", order.id)], order="id desc")[:1]

    @classmethod
    def get_type(cls, code):
        return cls.env["adv.entry.error.type"].search([("code", "=", code)])

    @classmethod
    def set_up_invoicing(cls):
        """Give the company what it needs to post invoices."""
        accounts = cls.env["account.account"].create(
            [
                {
                    "name": "Customers",
                    "code": "411000",
                    "reconcile": True,
                    "account_type": "asset_receivable",
                },
                {"name": "Sales", "code": "707000", "account_type": "income"},
            ]
        )
        cls.partner.property_account_receivable_id = accounts[0]
        cls.product.property_account_income_id = accounts[1]
        cls.env["account.journal"].create(
            {
                "name": "Sales",
                "code": "VT",
                "type": "sale",
                "company_id": cls.company.id,
                "default_account_id": accounts[1].id,
            }
        )

    @classmethod
    def invoice(cls, order, at=WEDNESDAY):
        """Return the posted invoice of what was delivered of an order."""
        with cls.act(at):
            move = order._create_invoices()
            move.invoice_date = fields.Date.today()
            move.action_post()
        return move

    @classmethod
    def credit(cls, move, at=WEDNESDAY, **line_vals):
        """Return a posted credit note of an invoice whose line says ``line_vals``."""
        with cls.act(at):
            note = move._reverse_moves([{"invoice_date": fields.Date.today()}])
            note.invoice_line_ids.write(line_vals)
            note.action_post()
        return note

    # The case of the issue ------------------------------------------------------------

    @classmethod
    def make_ten_orders(cls):
        """Return ten orders first confirmed in March 2026: 40 product lines, three
        sections and a deposit, and the errors of the first four.

        O1 two wrong prices and a wrong delivery address, O2 a wrong date, O3 a price
        that was suspected and is right, O4 a wrong price that was caught before the
        confirmation. Prices are found by the control of prices (``PRX``).
        """
        control = cls.make_price_control()
        orders = [cls._sell_four(index) for index in range(10)]
        o1, o2, o3, o4 = orders[:4]
        lines = o1.order_line.filtered("product_id")
        for line in lines[:2]:
            cls.suspect_price(control, line).action_is_error()
        cls.suspect_price(control, o3.order_line[0]).action_is_no_error()
        cls.declare(o1, "ADL")
        cls.declare(o2, "DEL")
        cls._catch_price(control, o4)
        return orders

    @classmethod
    def make_price_control(cls):
        return cls.env["adv.control"].create(
            {
                "name": "Price by hand",
                "method": "domain",
                "domain": "[('id', '<', 0)]",
                "active": False,  # its findings are stored by hand
                "checkpoint": "confirmation",
                "error_type_id": cls.get_type("PRX").id,
            }
        )

    @classmethod
    def _sell_four(cls, index):
        """Return an order of four product lines; the first orders have more."""
        order = cls.sell_as(cls.anna, 1, 2, 3, 4, confirm=False)
        extra = []
        if index < 3:
            extra.append({"display_type": "line_section", "name": "Section"})
        if index == 9:
            extra.append(
                {
                    "product_id": cls.product.id,
                    "name": "Deposit",
                    "is_downpayment": True,
                    "product_uom_qty": 0,
                }
            )
        order.order_line = [Command.create(vals) for vals in extra]
        if index != 3:
            cls._confirm(order)
        return order

    @classmethod
    def _confirm(cls, order, at="2026-03-02 10:00:00"):
        with cls.act(at):
            order.with_user(cls.anna).action_confirm()
            cls.env.cr.flush()
            cls._run_engine()

    @classmethod
    def suspect_price(cls, control, line, at=TUESDAY, seen="12"):
        """Have a control find a wrong price on a line; return the suspicion."""
        cls.record_finding(control, line, "price_unit", seen, at=at)
        return cls.errors.search([("line_id", "=", line.id)], limit=1).with_user(
            cls.marie
        )

    @classmethod
    def _catch_price(cls, control, order):
        """Have a wrong price found on a quotation, corrected and confirmed."""
        line = order.order_line[0]
        with cls.act("2026-03-02 09:00:00"):
            line.with_user(cls.anna).price_unit = 12
            cls.env.cr.flush()
        cls.record_finding(control, line, "price_unit", "12", at="2026-03-02 09:10:00")
        with cls.act("2026-03-02 09:30:00"):
            line.with_user(cls.anna).price_unit = 10
            cls.env.cr.flush()
        cls._confirm(order)
        cls.find(order, at="2026-03-02 11:00:00")

    @classmethod
    def record_finding(cls, control, line, name, seen, at=TUESDAY, expected="10"):
        """Store a failed control about a line, as the engine does."""
        finding = Finding(
            line.order_id.id,
            "Wrong",
            line=line.id,
            field=name,
            seen=seen,
            expected=expected,
            amount=abs(float(seen) - float(expected)),
        )
        return cls.record_verdict(control, line.order_id, finding, at=at)

    @classmethod
    def record_verdict(cls, control, order, *findings, at=TUESDAY, state=None):
        """Store what a control says of an order, as the engine does."""
        verdict = Verdict(control.id, order.id, findings)
        state = state or verdict.state
        outcome = Outcome(verdict, state, "info", "confirmation", control.name)
        with cls.act(at):
            return control._record(order, [outcome])
