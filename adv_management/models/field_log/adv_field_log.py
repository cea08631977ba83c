from datetime import date, datetime
from math import isfinite

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date, format_datetime, formatLang

from . import queries
from .watched import MODEL_OF

_PENDING = "adv_management.field_log"


def as_text(value):
    """Return a field's value in its one spelling: ids, ISO dates, numbers, or None."""
    if isinstance(value, models.BaseModel):
        return ",".join(str(id_) for id_ in sorted(value.ids)) or None
    if isinstance(value, float):
        return f"{value + 0.0:.12g}"
    if isinstance(value, datetime):
        return fields.Datetime.to_string(value)
    if isinstance(value, date):
        return fields.Date.to_string(value)
    return str(value) if value else None


class AdvFieldLog(models.Model):
    """Who wrote which value when: without it an entry error has no author.

    Rows are written by the database cursor only, one insert a transaction, and never
    changed.
    """

    _name = "adv.field.log"
    _description = "Field log"
    _log_access = False
    _rec_name = "field_name"
    _order = "date desc, id desc"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "sale.order.line",
        "Order line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    line_key = fields.Integer(
        "Number of the line",
        readonly=True,
        aggregator=None,
        help="Which line it was, even after it was removed.",
    )
    line_label = fields.Char(
        "Line", readonly=True, help="The line's description at that moment."
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Changed by", readonly=True, index=True, ondelete="set null"
    )
    date = fields.Datetime("Changed on", required=True, readonly=True, index=True)
    field_name = fields.Char("Technical field", required=True, readonly=True)
    value_old = fields.Char("Stored value before", readonly=True)
    value_new = fields.Char("Stored value after", readonly=True)

    field_label = fields.Char("Field", compute="_compute_field_label")
    label_old = fields.Char("Before", compute="_compute_labels")
    label_new = fields.Char("After", compute="_compute_labels")

    @api.depends("field_name")
    @api.depends_context("lang")
    def _compute_field_label(self):
        for entry in self:
            field = entry._get_field()
            entry.field_label = (
                field.get_description(self.env, ["string"])["string"]
                if field
                else entry.field_name
            )

    @api.depends("field_name", "value_old", "value_new")
    @api.depends_context("lang", "tz")
    def _compute_labels(self):
        for entry in self:
            entry.label_old = entry._get_label(entry.value_old)
            entry.label_new = entry._get_label(entry.value_new)

    def _get_field(self):
        """Return the logged field, or None when its addon has gone."""
        self.ensure_one()
        model = self.env.get(MODEL_OF.get(self.field_name))
        return None if model is None else model._fields.get(self.field_name)

    def _get_label(self, value):
        """Return a stored value as people read it."""
        field = self._get_field()
        if not (value and field):
            return value
        if field.relational:
            # sudo: only the names of what the order shows anyway; the reader may lack
            # the right to open the record itself.
            ids = value.split(",")
            if not all(map(str.isdecimal, ids)):
                return value  # typed by somebody
            records = self.env[field.comodel_name].sudo().browse(map(int, ids))
            return ", ".join(records.exists().mapped("display_name")) or value
        if field.type == "datetime":
            return format_datetime(self.env, value)
        if field.type == "date":
            return format_date(self.env, value)
        return self._word_number(field, value) if field.type == "float" else value

    @api.model
    def _word_number(self, field, value):
        """Return a number as the reader's language writes it; decimals if it has any.
        What is no number was typed by somebody.
        """
        try:
            number = float(value)
        except ValueError:
            return value
        if not isfinite(number):
            return value
        decimals = len(value.partition(".")[2])
        usual = (field.get_digits(self.env) or (0, 2))[1]
        digits = max(decimals, usual) if decimals else 0
        return formatLang(self.env, number, digits=digits)

    # Writing

    @api.model
    def _collect(self, record, name, old, new):
        """Note one change, to be inserted with the others at the commit."""
        is_line = record._name == "sale.order.line"
        order = record.order_id if is_line else record
        precommit = self.env.cr.precommit
        if _PENDING not in precommit.data:
            precommit.add(self._insert_pending)
        precommit.data.setdefault(_PENDING, []).append(
            (
                order.id,
                record.id if is_line else None,
                (record.name or "").partition("\n")[0] if is_line else None,
                self.env.uid,
                fields.Datetime.now(),
                name,
                old,
                new,
            )
        )

    @api.model
    def _insert_pending(self):
        rows = self.env.cr.precommit.data.pop(_PENDING, None)
        if not rows:
            return
        self.env.cr.execute(self._get_insert(rows))

    @api.model
    def _get_insert(self, rows):
        return queries.insert(rows)

    # Forgetting

    @api.autovacuum
    def _gc_expired(self):
        """Delete what is older than the company keeps: entries name persons."""
        # sudo: the job cleans up for every company.
        for company in self.env["res.company"].sudo().search([]):
            oldest = fields.Datetime.now() - relativedelta(
                months=company.adv_field_log_months
            )
            self.env.cr.execute(queries.delete_expired(company.id, oldest))
