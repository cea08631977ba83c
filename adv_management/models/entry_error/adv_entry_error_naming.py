from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import SQL

from . import queries


class AdvEntryErrorNaming(models.AbstractModel):
    """Whose error it is, and who may know: at first nobody but that person.

    Names open, for managers, once works council and staff were informed (Code du
    travail L2312-38 and L1222-4), and only of errors found since then: what was
    collected before may not be used. Reading, searching, sorting and grouping all pass
    here.
    """

    _name = "adv.entry.error.naming"
    _description = "Author of an Entry Error"

    author_user_id = fields.Many2one(
        "res.users",
        "Author on record",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=NO_ACCESS,
    )
    author_id = fields.Many2one(
        "res.users",
        compute="_compute_author_id",
        search="_search_author_id",
        help="Who entered the wrong value. Hidden from everybody else until the works "
        "council and the staff were informed; then managers see it.",
    )
    is_mine = fields.Boolean(compute="_compute_author_id")

    @api.depends(
        "author_user_id",
        "date_detected",
        "company_id.adv_staff_informed_date",
        "company_id.adv_council_informed_date",
    )
    @api.depends_context("uid")
    def _compute_author_id(self):
        is_manager = self._reads_names()
        # sudo: what is not to be known does not leave this method.
        for error, known in zip(self, self.sudo(), strict=True):
            author = known.author_user_id
            error.is_mine = bool(author) and author.id == self.env.uid
            is_open = is_manager and known._is_name_open()
            is_shown = self._is_system() or error.is_mine or is_open
            error.author_id = author.id if is_shown else False

    def _search_author_id(self, operator, value):
        return Domain("author_id", operator, value)

    def _is_name_open(self):
        self.ensure_one()
        dates = (
            self.company_id.adv_staff_informed_date,
            self.company_id.adv_council_informed_date,
        )
        return all(day and day <= self.date_detected for day in dates)

    @api.model
    def _is_system(self):
        """Return whether nobody stands behind a question: a person learns no more where
        something is done for him as su.
        """
        return self.env.su and self.env.uid == SUPERUSER_ID

    @api.model
    def _reads_names(self):
        return self.env.user.has_group("adv_management.group_adv_manager")

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "author_id":
            return super()._field_to_sql(alias, field_expr, query)
        author = SQL.identifier(
            alias, "author_user_id", to_flush=self._fields["author_user_id"]
        )
        if self._is_system():
            return author
        return queries.visible_author(
            alias, author, self.env.uid, is_manager=self._reads_names()
        )

    def _get_own(self):
        """Return those of these errors that are said to be the user's own."""
        # sudo: everybody may know what is his own.
        own = self.sudo().filtered(
            lambda error: error.author_user_id.id == self.env.uid
        )
        return self.browse(own.ids)

    @api.autovacuum
    def _gc_authors(self):
        """Forget who made the errors that are older than the company keeps names."""
        # sudo: the job cleans up for every company.
        for company in self.env["res.company"].sudo().search([]):
            oldest = fields.Date.today() - relativedelta(
                months=company.adv_field_log_months
            )
            self.env.cr.execute(queries.forget_authors(company.id, oldest))
