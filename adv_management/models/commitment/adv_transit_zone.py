from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

# The day book reaches that far around the promises, see ``clock.MARGIN``.
MAX_TRANSIT_DAYS = 30


def check_transit_days(records, name):
    """Raise a ValidationError unless the field holds days that goods can travel."""
    if any(not 0 <= record[name] <= MAX_TRANSIT_DAYS for record in records):
        raise ValidationError(
            records.env._(
                "The transit takes between 0 and %s working days.", MAX_TRANSIT_DAYS
            )
        )


class AdvTransitZone(models.Model):
    """Where goods travel how long: turns a promised arrival into a departure.

    The first zone in the order of the list that fits the delivery address counts.
    """

    _name = "adv.transit.zone"
    _description = "Transit Zone"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    country_ids = fields.Many2many(
        "res.country", string="Countries", help="Empty: all countries."
    )
    zip_prefixes = fields.Char(
        "ZIP Codes",
        help="Beginnings of ZIP codes, separated by commas (20, 971). Empty: all.",
    )
    transit_days = fields.Integer(
        "Transit",
        required=True,
        default=1,
        help="Working days from the departure to the arrival.",
    )

    @api.constrains("transit_days")
    def _check_transit_days(self):
        check_transit_days(self, "transit_days")

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache("address.country_id.id", "address.zip", "company.id")
    def _get_days(self, address, company):
        """Return the transit in the first zone that fits the address, else None."""
        for zone in self.search([("company_id", "=", company.id)]):
            if zone._fits(address):
                return zone.transit_days
        return None

    def _fits(self, address):
        prefixes = [part.strip() for part in (self.zip_prefixes or "").split(",")]
        prefixes = tuple(prefix for prefix in prefixes if prefix)
        return (not self.country_ids or address.country_id in self.country_ids) and (
            not prefixes or (address.zip or "").strip().startswith(prefixes)
        )
