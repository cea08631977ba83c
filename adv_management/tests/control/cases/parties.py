"""Addresses, identities, references of public buyers."""

from .case import Case
from .french import FrenchCustomer


class PartiesCases(FrenchCustomer):
    """Orders with the right parties, and with wrong ones."""

    def case_delivery_address(self):
        durand, nord = self._sell_in_france()
        nord.street = False
        return Case(
            self._quote_to(durand),
            self._quote_to(nord),
            worsen=lambda order: order.partner_shipping_id.write({"zip": False}),
            spoil=lambda order: order.write({"partner_shipping_id": nord.id}),
        )

    def case_foreign_delivery_address(self):
        durand, nord = self._sell_in_france()
        return Case(
            self._quote_to(durand),
            self._quote_to(durand, partner_shipping_id=nord.id),
            worsen=lambda order: order.write({"partner_shipping_id": self.partner.id}),
            spoil=lambda order: order.write({"partner_shipping_id": nord.id}),
        )

    def case_invoice_address(self):
        durand, nord = self._sell_in_france()
        return Case(
            self._quote_to(durand),
            self._quote_to(durand, partner_invoice_id=nord.id),
            worsen=lambda order: order.write({"partner_invoice_id": self.partner.id}),
            spoil=lambda order: order.write({"partner_invoice_id": nord.id}),
        )

    def case_vat(self):
        durand, nord = self._sell_in_france()
        nord.vat = False
        unchecked = nord.with_context(no_vat_validation=True)
        return Case(
            self._quote_to(durand),
            self._quote_to(nord),
            worsen=lambda _order: unchecked.write({"vat": "FR00552081317"}),
            spoil=lambda order: order.write({"partner_invoice_id": nord.id}),
        )

    def case_siren(self):
        durand, nord = self._sell_in_france()
        nord.company_registry = False
        return Case(
            self._quote_to(durand),
            self._quote_to(nord),
            worsen=lambda _order: nord.write({"company_registry": "552081318"}),
            spoil=lambda order: order.write({"partner_invoice_id": nord.id}),
        )

    def case_electronic_address(self):
        durand, nord = self._sell_in_france()
        wrong = {"peppol_eas": "9957", "peppol_endpoint": "FR03552081317"}
        if "peppol_eas" not in nord._fields:
            durand.adv_electronic_address = "0225:732829320"
            wrong = {"adv_electronic_address": "9957:FR03552081317"}
        nord.write(wrong)
        worse = dict.fromkeys(wrong, False)
        return Case(
            self._quote_to(durand),
            self._quote_to(nord),
            worsen=lambda _order: nord.write({**wrong, list(worse)[-1]: False}),
            spoil=lambda order: order.write({"partner_invoice_id": nord.id}),
        )

    def case_operation_category(self):
        durand, _nord = self._sell_in_france()
        tax = self._create_scoped_tax()
        pose = self._create_product("Pose", type="service", stock=0)
        good, bad = self._quote_to(durand), self._quote_to(durand, 1, (pose, 1))
        bad.order_line[0].tax_ids = tax
        return Case(
            good,
            bad,
            spoil=lambda order: order.order_line.write({"tax_ids": tax.ids}),
        )

    def case_public_buyer_siret(self):
        durand, nord = self._sell_in_france(adv_is_public_buyer=True)
        nord.company_registry = "552081317"
        return Case(
            self._quote_to(durand),
            self._quote_to(nord),
            worsen=lambda _order: nord.write({"company_registry": False}),
            spoil=lambda order: order.write({"partner_invoice_id": nord.id}),
        )

    def case_public_buyer_service_code(self):
        return self._case_reference(
            "adv_requires_service_code", "adv_service_code", 100
        )

    def case_public_buyer_engagement(self):
        return self._case_reference(
            "adv_requires_engagement", "adv_engagement_number", 50
        )

    def _case_reference(self, flag, field, size):
        durand, _nord = self._sell_in_france(adv_is_public_buyer=True, **{flag: True})
        return Case(
            self._quote_to(durand, **{field: "SERV-7"}),
            self._quote_to(durand),
            worsen=lambda order: order.write({field: "9" * (size + 1)}),
            spoil=lambda order: order.write({field: False}),
        )

    def _create_scoped_tax(self):
        france = self.env.ref("base.fr")
        group = self.env["account.tax.group"].create(
            {"name": "TVA", "company_id": self.company.id, "country_id": france.id}
        )
        return self.env["account.tax"].create(
            {
                "name": "20 % S",
                "amount": 20,
                "tax_scope": "service",
                "tax_group_id": group.id,
                "company_id": self.company.id,
                "country_id": france.id,
            }
        )
