from odoo.addons.adv_management.hooks import give_company_defaults


def migrate(cr, version):
    """Give the companies of before the settings that came since."""
    give_company_defaults(cr)
