from odoo import fields, models

from ...report.message_lines_sheet import MessageLinesSheet


class AdvCustomerMessageListing(models.Model):
    """Messages about many lines: the words show the first of them, a file has all."""

    _name = "adv.customer.message"
    _inherit = "adv.customer.message"

    listing_id = fields.Many2one(
        "ir.attachment",
        "List of Lines",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The attachment with all lines, where the words do not show them all.",
    )

    def _get_listing(self):
        """Return what the words tell line by line, in the language of ``env``.

        :return: list of ``Column``, and list of rows; both empty where nothing is told
            so, or another file has it
        """
        return [], []

    def _render(self):
        result = super()._render()
        # sudo: a file that goes with the words, whoever has them written.
        self.sudo()._attach_listings()
        return result

    def _attach_listings(self):
        """Attach the list of all lines to what does not show them all, and to what a
        person wrote beside one.
        """
        beside = self.filtered(lambda each: each.is_edited and each.listing_id)
        # what tells of other lines by now
        self.listing_id.unlink()
        vals_list = []
        for message in self.filtered(lambda each: each.state == "draft"):
            message = message.with_context(lang=message.lang)
            columns, rows = message._get_listing()
            if len(rows) > self._get_most_lines() or message in beside:
                vals_list.append(
                    {
                        "name": f"{message.env._('All lines')}.xlsx",
                        "raw": MessageLinesSheet(message).build(columns, rows),
                        "res_model": message._name,
                        "res_id": message.id,
                    }
                )
        for attachment in self.env["ir.attachment"].create(vals_list):
            message = self.browse(attachment.res_id)
            message.attachment_ids += attachment
            message.listing_id = attachment
