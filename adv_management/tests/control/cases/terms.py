"""Terms other than agreed, usual or legal."""

from odoo import Command

from .case import Case
from .french import FrenchCustomer


class TermsCases(FrenchCustomer):
    """Orders on the customer's terms, and on others."""

    def case_payment_term(self):
        agreed, other, third = (self._create_term(days) for days in (30, 45, 60))
        self.partner.property_payment_term_id = agreed
        return self._case_field("payment_term_id", agreed, other, third)

    def case_legal_payment_limit(self):
        durand, _nord = self._sell_in_france()
        legal, late, later = (self._create_term(days) for days in (60, 120, 150))
        return Case(
            self._quote_to(durand, payment_term_id=legal.id),
            self._quote_to(durand, payment_term_id=late.id),
            worsen=lambda order: order.write({"payment_term_id": later.id}),
            spoil=lambda order: order.write({"payment_term_id": late.id}),
        )

    def case_invoice_payment_limit(self):
        # another group of cases may have opened them
        if not self.partner.property_account_receivable_id:
            self.open_books()
        durand, _nord = self._sell_in_france(
            property_account_receivable_id=self.partner.property_account_receivable_id.id
        )
        good, bad = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": durand.id,
                    "invoice_date": "2026-03-02",
                    "invoice_payment_term_id": self._create_term(days).id,
                    "invoice_line_ids": [
                        Command.create({"product_id": self.product.id, "price_unit": 9})
                    ],
                }
                for days in (60, 61)
            ]
        )
        return Case(good, bad)

    def case_fiscal_position(self):
        usual, other, third = self.env["account.fiscal.position"].create(
            [
                {"name": name, "company_id": self.company.id}
                for name in ("France", "Export", "Corsica")
            ]
        )
        self.partner.property_account_position_id = usual
        return self._case_field("fiscal_position_id", usual, other, third)

    def case_taxes(self):
        france = self.env.ref("base.fr")
        self.company.account_fiscal_country_id = france
        group = self.env["account.tax.group"].create(
            {"name": "TVA", "company_id": self.company.id, "country_id": france.id}
        )
        usual, other = self.env["account.tax"].create(
            [
                {
                    "name": f"{rate} %",
                    "amount": rate,
                    "tax_group_id": group.id,
                    "company_id": self.company.id,
                    "country_id": france.id,
                }
                for rate in (20, 5.5)
            ]
        )
        self.product.taxes_id = usual
        good, bad = self.quote(1), self.quote(1)
        bad.order_line.tax_ids = other
        return Case(
            good,
            bad,
            worsen=lambda order: order.order_line.write({"tax_ids": False}),
            spoil=lambda order: order.order_line.write({"tax_ids": other.ids}),
        )

    def case_customer_reference(self):
        self.partner.adv_requires_reference = True
        return Case(
            self.quote(1, client_order_ref="4500123456"),
            self.quote(1),
            spoil=lambda order: order.write({"client_order_ref": False}),
        )

    def case_malformed_reference(self):
        self.partner.adv_reference_mask = "4500######"
        return Case(
            self.quote(1, client_order_ref="4500123456"),
            self.quote(1, client_order_ref="450012345"),
            worsen=lambda order: order.write({"client_order_ref": "by phone"}),
            spoil=lambda order: order.write({"client_order_ref": "by phone"}),
        )

    def case_incoterm(self):
        usual, other, third = self.env["account.incoterms"].create(
            [{"name": code, "code": code} for code in ("FCA", "DAP", "EXW")]
        )
        self.partner.adv_incoterm_id = usual
        return self._case_field("incoterm", usual, other, third)

    def case_pricelist(self):
        return self._case_pricelist("EUR", "EUR", "EUR")

    def case_currency(self):
        return self._case_pricelist("EUR", "USD", "GBP")

    def _case_pricelist(self, *currencies):
        lists = self.env["product.pricelist"].create(
            [
                {
                    "name": f"List {rank}",
                    "company_id": self.company.id,
                    "currency_id": self._open_currency(code).id,
                }
                for rank, code in enumerate(currencies)
            ]
        )
        self.partner.property_product_pricelist = lists[0]
        return self._case_field("pricelist_id", *lists)

    def _open_currency(self, code):
        currency = self.env.ref(f"base.{code}")
        currency.active = True
        return currency

    def _case_field(self, field, usual, other, third):
        """Return the case of a term: the usual one, another, and yet another."""
        return Case(
            self.quote(1, **{field: usual.id}),
            self.quote(1, **{field: other.id}),
            worsen=lambda order: order.write({field: third.id}),
            spoil=lambda order: order.write({field: other.id}),
        )

    def _create_term(self, days):
        line = {"value": "percent", "value_amount": 100, "nb_days": days}
        return self.env["account.payment.term"].create(
            {
                "name": f"{days} days",
                "company_id": self.company.id,
                "line_ids": [Command.create(line)],
            }
        )
