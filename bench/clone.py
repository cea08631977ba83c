"""Multiply rows by SQL: every column is copied from a row that Odoo itself made, and
only what differs is computed, from the number of the copy.
"""

from contextlib import contextmanager

from odoo.tools import SQL


class Cloner:
    """Writes rows whose ids are the last id before the fill plus their number.

    What is computed is SQL over the row ``g`` of a table of numbers, in which
    ``{table}`` stands for the last id of that table before the fill.
    """

    def __init__(self, env, tables):
        self.env = env
        self.last = {}
        for table in tables:
            self.mark(table)

    def mark(self, table: str, name: str | None = None):
        """Remember the last id of a table at this moment, under a name of its own where
        the table is filled in two goes.
        """
        query = SQL("SELECT COALESCE(MAX(id), 0) FROM %s", SQL.identifier(table))
        self.last[name or table] = self.env.execute_query(query)[0][0]

    def clone(self, record, numbers: str, **columns: str):
        """Write a copy of a record for each number."""
        table = SQL.identifier(record._table)
        names = self._columns(record._table)
        if unknown := set(columns) - set(names):
            raise ValueError(f"{record._table} has no column {unknown}")
        values = [
            self._compute(columns[name])
            if name in columns
            else SQL("template.%s", SQL.identifier(name))
            for name in names
        ]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %(table)s (%(names)s) SELECT %(values)s"
                " FROM (%(numbers)s) g, %(table)s template WHERE template.id = %(id)s",
                table=table,
                names=SQL(", ").join(SQL.identifier(name) for name in names),
                values=SQL(", ").join(values),
                numbers=self._compute(numbers),
                id=record.id,
            )
        )
        sequence = SQL("pg_get_serial_sequence(%s, 'id')", record._table)
        last = SQL("(SELECT MAX(id) FROM %s)", table)
        self.env.cr.execute(SQL("SELECT setval(%s, %s)", sequence, last))

    def link(self, table: str, numbers: str, **columns: str):
        """Write the rows of a many2many relation."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM (%s) g",
                SQL.identifier(table),
                SQL(", ").join(SQL.identifier(name) for name in columns),
                SQL(", ").join(self._compute(text) for text in columns.values()),
                self._compute(numbers),
            )
        )

    def _compute(self, text: str) -> SQL:
        return SQL(text.format(**self.last).replace("%", "%%"))

    def _columns(self, table: str) -> list[str]:
        query = SQL(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema AND table_name = %s"
            " ORDER BY ordinal_position",
            table,
        )
        return [name for (name,) in self.env.execute_query(query)]


@contextmanager
def without_indexes(env, tables):
    """Take the tables' indexes and foreign keys away while they are filled.

    Primary keys and unique constraints stay. A foreign key that does not hold makes the
    fill fail when it comes back.
    """
    keys = _foreign_keys(env, tables)
    indexes = _indexes(env, tables)
    for table, name, _definition in keys:
        names = SQL.identifier(table), SQL.identifier(name)
        env.cr.execute(SQL("ALTER TABLE %s DROP CONSTRAINT %s", *names))
    for name, _definition, _comment in indexes:
        env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    yield
    for name, definition, comment in indexes:
        env.cr.execute(SQL(definition.replace("%", "%%")))
        if comment:
            env.cr.execute(
                SQL("COMMENT ON INDEX %s IS %s", SQL.identifier(name), comment)
            )
    for table, name, definition in keys:
        names = SQL.identifier(table), SQL.identifier(name)
        definition = SQL(definition)
        env.cr.execute(SQL("ALTER TABLE %s ADD CONSTRAINT %s %s", *names, definition))


def _foreign_keys(env, tables):
    return env.execute_query(
        SQL(
            """
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
              FROM pg_constraint
             WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
          ORDER BY conrelid, conname
            """,
            list(tables),
        )
    )


def _indexes(env, tables):
    return env.execute_query(
        SQL(
            """
            SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid),
                   obj_description(indexrelid, 'pg_class')
              FROM pg_index
             WHERE indrelid::regclass::text = ANY(%s) AND NOT indisprimary
               AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
          ORDER BY indexrelid
            """,
            list(tables),
        )
    )
