"""Controls at work: a desk whose rules are switched on one at a time."""

from odoo.exceptions import UserError

from ..common import MONDAY, AdvCommon


class ControlCase(AdvCommon):
    """Paule keys orders in, Marc is the manager, Sam sells; nothing stops at first.

    ``set_blocking`` switches a shipped control on; ``own`` makes one by a condition.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paule = cls._create_user(
            "paule",
            "adv_management.group_adv_user",
            "stock.group_stock_user",
            "account.group_account_invoice",
        )
        cls.marc = cls._create_user("marc", "adv_management.group_adv_manager")
        cls.sam = cls._create_user("sam", "sales_team.group_sale_salesman")
        cls.controls = cls.env["adv.control"]
        cls.results = cls.env["adv.control.result"]

    # Rules ----------------------------------------------------------------------------

    @classmethod
    def get_control(cls, code):
        return cls.env.ref(f"adv_management.adv_control_{code}").with_env(cls.env)

    @classmethod
    def set_blocking(cls, code, severity="blocking", **params):
        """Switch a shipped control on, with these parameters."""
        control = cls.get_control(code)
        control.write({"severity": severity, **params})
        return control

    @classmethod
    def own(cls, domain, checkpoint="confirmation", severity="blocking", **vals):
        """Make a control whose documents fail when they match."""
        return cls.controls.create(
            {
                "name": "Own rule",
                "domain": domain,
                "checkpoint": checkpoint,
                "severity": severity,
                **vals,
            }
        )

    # What they say --------------------------------------------------------------------

    def judge(self, code, documents):
        """Return what a shipped control finds wrong, as a list."""
        control = self.get_control(code).sudo().with_company(self.company)
        return list(control._find(documents.sudo().with_company(self.company)))

    def assertPasses(self, code, documents):
        self.assertEqual([each.text for each in self.judge(code, documents)], [])

    def assertFails(self, code, documents, **expected):
        """Check the only finding of a control; ``text`` is looked for in its text."""
        findings = self.judge(code, documents)
        self.assertEqual(len(findings), 1, findings)
        text = expected.pop("text", None)
        if text:
            self.assertIn(text, findings[0].text)
        found = {name: getattr(findings[0], name) for name in expected}
        self.assertEqual(found, expected)
        return findings[0]

    def assertStops(self, code, order, user=None):
        """Check that an order is refused because of a control that is switched on."""
        name = self.get_control(code).name
        with self.assertRaisesRegex(UserError, name), self.env.cr.savepoint():
            order.with_user(user or self.paule).action_confirm()
        self.assertIn(order.state, ("draft", "sent"))

    # Doing ----------------------------------------------------------------------------

    def quote(self, *quantities, **vals):
        """Return a quotation."""
        return self.sell(*quantities, confirm=False, **vals)

    def press_confirm(self, order, user=None, at=MONDAY):
        """Press the button; return what the screen gets."""
        with self.act(at):
            return order.with_user(user or self.paule).action_adv_confirm()

    def get_results(self, document, state=None):
        """Return the stored results of a document."""
        self.env["adv.control"]._run_pending()
        name = self.results._get_document_field(document._name)
        domain = [(name, "=", document.id)]
        if state:
            domain.append(("state", "=", state))
        return self.results.search(domain)

    def waive(self, results, user=None, reason="Agreed with the customer"):
        """Waive by the dialog, as a person who may."""
        wizard = (
            self.env["adv.control.waive"]
            .with_user(user or self.marc)
            .create({"result_ids": results.ids, "reason": reason})
        )
        return wizard.action_apply()
