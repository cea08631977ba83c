"""Every shipped control goes every way a document can take."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.field_log.adv_field_log import as_text
from .cases import ALL_CASES
from .common import ControlCase

_BUTTON = {
    "quotation": "action_quotation_send",
    "confirmation": "action_adv_confirm",
    "release": "action_adv_release",
    "shipment": "button_validate",
    "invoice": "action_adv_post",
}
# Where a finding is corrected that is about the order itself.
_ON_ORDER = (False, "sale.order")


@tagged("post_install", "-at_install")
class TestEveryControl(*ALL_CASES, ControlCase):
    """Passes, fails, is waived, loses its waiver: buttons, RPC, import, lines."""

    def _shipped(self, *checkpoints):
        return self.controls.search(
            [("code", "!=", False), ("checkpoint", "in", checkpoints)]
        ).filtered(lambda control: f"adv_control_{control.code}" in self._own_data())

    def _own_data(self):
        """Return the names of what this addon ships, without its bridges."""
        data = self.env["ir.model.data"].search(
            [("module", "=", "adv_management"), ("model", "=", "adv.control")]
        )
        return set(data.mapped("name"))

    def _each(self, *checkpoints):
        """Yield ``(control, case)``, each alone and undone afterwards."""
        for control in self._shipped(*checkpoints):
            with self.subTest(control=control.code):
                savepoint = self.env.cr.savepoint()
                try:
                    case = getattr(self, f"case_{control.code}")()
                    control.write({"severity": "blocking", **(case.params or {})})
                    yield control, case
                finally:
                    savepoint.close(rollback=True)
                    self.env.invalidate_all(flush=False)
                    self.env.registry.clear_cache()

    def _press(self, control, document):
        """Press the button of a checkpoint; return the results that stop, if any."""
        action = getattr(
            document.with_user(self._get_person(control)), _BUTTON[control.checkpoint]
        )()
        if isinstance(action, dict) and action.get("res_model") == "adv.control.stop":
            return self.env["adv.control.stop"].browse(action["res_id"]).result_ids
        return self.results

    def _get_person(self, control):
        return self.paule

    def test_nothing_shipped_stops_before_it_is_set(self):
        shipped = self._shipped(*_BUTTON)
        self.assertGreater(len(shipped), 30)
        self.assertEqual(set(shipped.mapped("severity")), {"info"})

    def test_what_people_type_wrong_names_its_type_of_error(self):
        typed = self._shipped("confirmation").filtered("error_type_id")
        types = {control.code: control.error_type_id.code for control in typed}
        self.assertGreaterEqual(
            types.items(),
            {
                "price": "PRX",
                "discount": "REM",
                "usual_quantity": "QTE",
                "archived_product": "REF",
                "unit": "UDM",
                "requested_date_past": "DEL",
                "delivery_address": "ADL",
                "invoice_address": "CLF",
                "payment_term": "PAI",
                "taxes": "TVA",
                "customer_reference": "RCL",
                "duplicate_order": "DBL",
                "incoterm": "INC",
                "pricelist": "DEV",
                "control_totals": "OUB",
            }.items(),
        )

    def test_good_ones_pass(self):
        for control, case in self._each(*_BUTTON):
            self.assertEqual(self._press(control, case.good).mapped("text"), [])

    def test_bad_ones_stop_until_waived_for_what_was_seen(self):
        for control, case in self._each("quotation", "confirmation"):
            order = case.bad
            stopping = self._press(control, order)
            self.assertEqual(stopping.control_id, control)
            self.assertTrue(stopping.text)
            self.waive(stopping)
            if case.worsen:
                case.worsen(order)
                self.assertEqual(self._press(control, order).control_id, control)
                self.waive(self._press(control, order))
            self.assertFalse(self._press(control, order))

    def test_other_documents_stop_until_waived(self):
        for control, case in self._each("shipment", "invoice"):
            stopping = self._press(control, case.bad)
            self.assertEqual(stopping.control_id, control)
            self.waive(stopping, user=self._get_chief())
            self.assertFalse(self._press(control, case.bad))

    def test_values_that_are_found_are_those_of_the_order(self):
        """An entry error is caught once its value has changed, and names it."""
        told = self.env["adv.entry.error.type"].search([("code", "=", "CRD")])
        wrong = {}
        for control, case in self._each("quotation", "confirmation"):
            control.error_type_id = control.error_type_id or told
            for finding in self._press(control, case.bad).finding_ids:
                document = finding.sale_line_id or case.bad
                is_here = finding.field_name and finding.fix_model in _ON_ORDER
                value = is_here and as_text(document[finding.field_name])
                if is_here and (finding.value_seen or None) != value:
                    wrong[control.code] = (finding.value_seen, value)
            self._read_errors(case.bad)
        self.assertFalse(wrong)

    def test_what_other_documents_show_can_be_read_as_errors(self):
        told = self.env["adv.entry.error.type"].search([("code", "=", "CRD")])
        for control, case in self._each("shipment", "invoice"):
            control.error_type_id = told
            self._press(control, case.bad)
            self._read_errors(self.env["sale.order"].search([]))

    def _read_errors(self, orders):
        errors = self.env["adv.entry.error"].search([("order_id", "in", orders.ids)])
        for error in errors.with_user(self.marc):
            self.assertTrue(error.read()[0]["type_id"])

    def _get_chief(self):
        return self._create_user(
            "chief",
            "adv_management.group_adv_manager",
            "stock.group_stock_manager",
            "account.group_account_manager",
        )

    def test_programs_are_refused(self):
        for control, case in self._each("confirmation"):
            order = case.bad.with_user(self.paule)
            for way in (
                order.action_confirm,
                lambda order=order: order.write({"state": "sale"}),
            ):
                with (
                    self.assertRaisesRegex(UserError, "\n"),
                    self.env.cr.savepoint(),
                ):
                    way()
            imported = order.load([".id", "state"], [[str(order.id), "sale"]])
            self.assertFalse(imported["ids"])
            self.assertIn(control.name, imported["messages"][0]["message"])

    def test_changes_of_confirmed_orders_are_refused(self):
        tried = 0
        for control, case in self._each("confirmation"):
            if not case.spoil:
                continue
            tried += 1
            self.assertFalse(self._press(control, case.good))
            with self.assertRaises(UserError), self.env.cr.savepoint():
                case.spoil(case.good.with_user(self.paule))
        self.assertGreater(tried, 10)
