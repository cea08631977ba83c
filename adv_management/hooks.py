from odoo.tools import SQL, sql

# Company settings that start with a value: (column, type, value).
_COMPANY_DEFAULTS = [
    ("adv_risk_buffer_days", "int4", 2),
    ("adv_field_log_months", "int4", 24),
    ("adv_promise_basis", "varchar", "departure"),
    ("adv_transit_days", "int4", 0),
    ("adv_alert_amount", "numeric", 10000),
    ("adv_alert_move_days", "int4", 2),
    ("adv_alert_escalation_days", "int4", 2),
    ("adv_ack_mode", "varchar", "off"),
    ("adv_ack_target_hours", "float8", 8),
    ("adv_quiet_from", "float8", 20.0),
    ("adv_quiet_to", "float8", 7.0),
    ("adv_notice_mode", "varchar", "off"),
    ("adv_notice_delay_hours", "int4", 24),
    ("adv_notice_margin_days", "int4", 2),
]


def pre_init_hook(env):
    give_company_defaults(env.cr)


def give_company_defaults(cr):
    """Give the companies the settings they have not got yet, without writing one row
    of theirs.

    PostgreSQL keeps the value of a new column with a default beside the table; a
    default of the ORM would be an UPDATE of every company.
    """
    for column, column_type, value in _COMPANY_DEFAULTS:
        if sql.column_exists(cr, "res_company", column):
            continue
        field = SQL.identifier(column)
        with_default = SQL("%s %s DEFAULT %s", field, SQL(column_type), value)
        cr.execute(SQL("ALTER TABLE res_company ADD COLUMN %s", with_default))
        cr.execute(SQL("ALTER TABLE res_company ALTER %s DROP DEFAULT", field))


def post_init_hook(env):
    """Have the engine's first run propose the causes of what is in danger.

    The history was measured before there were causes to choose from.
    """
    commitments = env["adv.commitment"]
    in_danger = commitments.search_fetch(
        [("status", "in", ("late", "will_be_late", "at_risk"))],
        ["sale_line_id"],
        order="product_id, id",
    )
    commitments._touch(in_danger.sale_line_id.ids)


def uninstall_hook(env):
    """Let parked orders go, and what Odoo deletes before those who name it: causes,
    types of errors, payment limits, activity types.

    The addresses of order mailboxes go too: Odoo alone would refuse each e-mail.
    """
    env["adv.order.mailbox"].search([]).unlink()
    env["sale.order"]._adv_release_all()
    env.flush_all()
    for table in (
        "adv_commitment",
        "adv_commitment_revision",
        "adv_delay_alert",
        "adv_delay_alert_line",
    ):
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s",
                SQL.identifier(table),
                SQL.identifier(f"{table}_cause_id_fkey"),
            )
        )
    for table, column in (
        ("adv_entry_error", "type_id"),
        ("adv_control", "error_type_id"),
        ("res_partner", "adv_payment_limit_id"),
        ("product_category", "adv_payment_limit_id"),
    ):
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s",
                SQL.identifier(table),
                SQL.identifier(f"{table}_{column}_fkey"),
            )
        )
    env.cr.execute("DELETE FROM mail_activity WHERE res_model = 'adv.delay.alert'")
