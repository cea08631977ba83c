from odoo import fields
from odoo.tools import SQL

# In the context of reading: searches go by the bare column and its index.
READING = "adv_reading"


class LooseMany2one(fields.Many2one):
    """A link without foreign key: it reads as empty once what it leads to is deleted.

    A foreign key would clear the column in the transaction of whoever deletes, who
    would wait for the engine; and the engine's update would fail with the key.
    """

    def update_db_foreign_key(self, model, column):
        """Leave it out."""

    def to_sql(self, model, alias):
        column = super().to_sql(model, alias)
        if not model.env.context.get(READING):
            return column
        table = SQL.identifier(model.env[self.comodel_name]._table)
        return SQL("(SELECT led.id FROM %s led WHERE led.id = %s)", table, column)
