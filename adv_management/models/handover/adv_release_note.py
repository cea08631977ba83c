from collections import defaultdict

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain

from .adv_delivery_instructions import INSTRUCTIONS
from .calling import call

_PRECOMMIT_KEY = "adv_management.release"
_RELEASED = ("waiting", "confirmed", "assigned")
_ADDRESS = frozenset(("name", "phone", "parent_id", *INSTRUCTIONS))


class AdvReleaseNote(models.AbstractModel):
    """Tells the warehouse what changed on an order that it is already preparing.

    Doors say what is about to change (``_watch_*``), which keeps how it was. Before the
    transaction commits, this is compared with how it is then: what really changed
    becomes one note on each transfer, and an activity of whoever is responsible for it.
    """

    _name = "adv.release.note"
    _description = "Changes after Release"

    # ----------------------------------------------------------------------------------
    # Watching
    # ----------------------------------------------------------------------------------

    @api.model
    def _watch_orders(self, orders):
        """Remember where these confirmed orders go, and which of their transfers are
        being prepared.
        """
        noted = self._get_noted()
        new = orders.sudo().filtered(lambda order: order.id not in noted["order"])
        if not new:
            return
        found = self._find_released(Domain("sale_id", "in", new.ids))
        transfers = found.grouped("sale_id")
        for order in new:
            noted["order"][order.id] = order.partner_shipping_id
            noted["released"][order.id] = transfers.get(order, found.browse()).ids

    @api.model
    def _watch_quantities(self, lines, *, is_new=False):
        """Remember what was ordered on these lines, which are about to change.

        :param is_new: they have just been added to orders that were watched before
        """
        confirmed = lines.filtered(
            # texts and deposits have no unit
            lambda line: line.state == "sale" and line.product_id
        )
        if not confirmed:
            return
        if not is_new:
            self._watch_orders(confirmed.order_id)
        noted = self._get_noted()["quantity"]
        for line in confirmed:
            noted.setdefault(line.id, 0 if is_new else line.product_uom_qty)

    @api.model
    def _watch_promises(self, revisions):
        """Remember dates that have just been recorded for these orders."""
        self._watch_orders(revisions.order_id)
        self._get_noted()["promise"].update(dict.fromkeys(revisions.ids))

    @api.model
    def _watch_partners(self, partners, vals):
        """Remember where transfers go that these addresses may send elsewhere."""
        names = _ADDRESS.union(partners._address_fields())
        if names.isdisjoint(vals):
            return
        # Two searches: one with "or" would read every open transfer.
        for path in ("partner_id", "sale_id.partner_shipping_id"):
            family = Domain(path, "child_of", partners.ids)
            self._watch_addresses(self._find_released(family))

    @api.model
    def _watch_addresses(self, pickings):
        """Remember where these transfers go, and what is asked for there."""
        released = pickings.sudo().filtered(lambda picking: picking.state in _RELEASED)
        if released:
            noted = self._get_noted()["address"]
            for picking in released:
                noted.setdefault(picking.id, self._describe_address(picking))

    @api.model
    def _find_released(self, domain):
        """Return the transfers on their way to customers that are being prepared."""
        # sudo: whoever changes an order need not see transfers; notes are written to
        # them, nothing is shown.
        return (
            self.env["stock.picking"]
            .sudo()
            .search(
                Domain("state", "in", _RELEASED)
                & Domain("picking_type_id.code", "in", ("outgoing", "internal"))
                & domain
            )
        )

    @api.model
    def _get_noted(self):
        """Return what this transaction is changing, by topic and id, as it was."""
        precommit = self.env.cr.precommit
        if _PRECOMMIT_KEY not in precommit.data:
            topics = ("released", "order", "quantity", "promise", "address")
            precommit.data[_PRECOMMIT_KEY] = {topic: {} for topic in topics}
            # sudo: notes of changes that were allowed go to transfers that the user
            # may not see.
            precommit.add(self.sudo()._write_notes)
        return precommit.data[_PRECOMMIT_KEY]

    # ----------------------------------------------------------------------------------
    # Comparing
    # ----------------------------------------------------------------------------------

    @api.model
    def _write_notes(self):
        """Note on each transfer what really changed, in one note."""
        noted = self.env.cr.precommit.data.pop(_PRECOMMIT_KEY, None)
        if not noted:
            return
        sentences = defaultdict(list)
        for compare in (
            self._compare_orders,
            self._compare_promises,
            self._compare_quantities,
            self._compare_addresses,
        ):
            for picking_id, sentence in compare(noted):
                sentences[picking_id].append(sentence)
        pickings = self.env["stock.picking"].browse(sentences).exists()
        if pickings:
            self._post(pickings, sentences)

    @api.model
    def _compare_orders(self, noted):
        """Yield what happened to whole orders: cancelled, or sent elsewhere."""
        for order in self.env["sale.order"].browse(noted["order"]).exists():
            old, new = noted["order"][order.id], order.partner_shipping_id
            sentence = None
            if order.state == "cancel":
                sentence = self.env._("The order was cancelled.")
            elif old != new:
                sentence = self.env._(
                    "The order now goes to %(new)s instead of %(old)s. Check the "
                    "address of this transfer.",
                    new=new.display_name,
                    old=old.display_name,
                )
            for picking_id in noted["released"][order.id] if sentence else ():
                yield picking_id, sentence

    @api.model
    def _compare_promises(self, noted):
        """Yield the new dates, those of several lines once."""
        revisions = self.env["adv.commitment.revision"].browse(noted["promise"])
        moved = defaultdict(lambda: revisions.browse())
        for revision in revisions.exists():
            line = revision.commitment_id.sale_line_id
            for picking in self._get_pickings(line, noted):
                key = (picking, *(revision[name] for name in revision._CHANGE))
                moved[key] |= revision
        for (picking, *_change), same in moved.items():
            lines = picking.move_ids.sale_line_id
            goods = same.commitment_id.sale_line_id
            products = "" if lines == goods else self._name_goods(goods)
            yield picking.id, products + same[0]._word_change()

    @api.model
    def _compare_quantities(self, noted):
        """Yield the lines of which the customer gets more or less."""
        for line in self.env["sale.order.line"].browse(noted["quantity"]).exists():
            old, new = noted["quantity"][line.id], line.product_uom_qty
            if line.state != "sale" or line.product_uom_id.compare(old, new) == 0:
                continue
            quantity, unit = self.env["adv.commitment"]._quantity, line.product_uom_id
            facts = {
                "product": line.product_id.display_name,
                "new": quantity(new, unit),
                "old": quantity(old, unit),
            }
            sentence = (
                self.env._("%(product)s: %(new)s ordered instead of %(old)s.", **facts)
                if old
                else self.env._("%(product)s: %(new)s ordered in addition.", **facts)
            )
            for picking in self._get_pickings(line, noted):
                yield picking.id, sentence

    @api.model
    def _compare_addresses(self, noted):
        """Yield addresses and instructions that are not what they were."""
        pickings = self.env["stock.picking"].browse(noted["address"]).exists()
        for picking in pickings:
            place, wishes = noted["address"][picking.id]
            new_place, new_wishes = self._describe_address(picking)
            if place != new_place:
                yield (
                    picking.id,
                    self.env._(
                        "Deliver to %(new)s instead of %(old)s.",
                        new=new_place,
                        old=place,
                    ),
                )
            if wishes != new_wishes:
                yield (
                    picking.id,
                    self.env._(
                        "New delivery instructions: %(wishes)s",
                        wishes=new_wishes or self.env._("none"),
                    ),
                )

    @api.model
    def _get_pickings(self, line, noted):
        """Return the transfers of a line that were being prepared before the change."""
        released = noted["released"].get(line.order_id.id, ())
        return line.move_ids.picking_id.filtered(lambda each: each.id in released)

    # ----------------------------------------------------------------------------------
    # In words
    # ----------------------------------------------------------------------------------

    @api.model
    def _describe_address(self, picking):
        """Return the address and the instructions of a transfer, each in one line."""
        address = picking._adv_get_address()
        lines = address._display_address().splitlines() if address else []
        place = [address.display_name, *map(str.strip, lines), address.phone]
        wishes = [f"{label} {text}" for label, text in picking._adv_get_instructions()]
        return ", ".join(dict.fromkeys(filter(None, place))), "; ".join(wishes)

    @api.model
    def _name_goods(self, lines):
        names = ", ".join(lines.product_id.mapped("display_name"))
        return self.env._("%s:", names) + " "

    @api.model
    def _post(self, pickings, sentences):
        """Write the notes, and call whoever is responsible and not their author."""
        title = self.env._("The order changed after its release to the warehouse:")
        item = Markup("<li>%s</li>")
        bodies = {
            picking: Markup("<p>%s</p><ul>%s</ul>")
            % (title, Markup().join(item % each for each in sentences[picking.id]))
            for picking in pickings
        }
        pickings._message_log_batch(
            bodies={picking.id: body for picking, body in bodies.items()}
        )
        users = {picking: picking.user_id for picking in pickings}
        call(pickings, users, bodies, self.env._("The order changed"))
