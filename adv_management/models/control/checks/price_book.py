"""The rules of price lists, read once for all the lines that are looked at together."""

from collections import defaultdict

from odoo.fields import Domain

# In the context of price lists: where they look their rules up.
PRICE_BOOK = "adv_price_book"


class PriceBook:
    """The rules that price lists had at some moments for some products.

    Odoo searches the rules once a product, date and quantity; a set of orders would
    cost as many searches as it has lines. Here each price list is searched once.

    :ivar moment: naive UTC time at which the prices asked for are wanted; the ``date``
        that Odoo hands on only chooses the rate of a currency
    """

    def __init__(self, products, moments):
        self.products = products
        self.first, self.last = min(moments), max(moments)
        self.moment = self.first
        self._rules = {}

    def get_rules(self, pricelist, products):
        """Return the rules of a price list at the moment, the first that fits first."""
        if pricelist.id not in self._rules:
            self._rules[pricelist.id] = self._read(pricelist)
        general, special = self._rules[pricelist.id]
        places = general + [
            place
            for template in products.product_tmpl_id.ids
            for place in special[template]
        ]
        return pricelist.env["product.pricelist.item"].browse(
            rule.id for _place, rule in sorted(places) if self._is_valid(rule)
        )

    def _is_valid(self, rule):
        return (not rule.date_start or rule.date_start <= self.moment) and (
            not rule.date_end or rule.date_end >= self.moment
        )

    def _read(self, pricelist):
        """Return ``([(place, rule)], {template id: [(place, rule)]})`` of a list."""
        leaves = pricelist._get_applicable_rules_domain(self.products, self.first)
        rules = pricelist.env["product.pricelist.item"].search(
            Domain(leaves).map_conditions(self._widen)
        )
        general, special = [], defaultdict(list)
        for place in enumerate(rules):
            template = place[1].product_tmpl_id.id
            (special[template] if template else general).append(place)
        return general, special

    def _widen(self, leaf):
        """Have the rules of all the moments found, not of the first alone."""
        if leaf.field_expr == "date_start" and leaf.operator == "<=":
            return Domain("date_start", "<=", self.last)
        return leaf
