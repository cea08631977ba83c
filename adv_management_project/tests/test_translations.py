from odoo.tests import TransactionCase, tagged

from odoo.addons.adv_management.tests.translations import TranslationChecks


@tagged("post_install", "-at_install")
class TestTranslations(TranslationChecks, TransactionCase):
    module = "adv_management_project"
