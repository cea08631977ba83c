"""The tests of our JavaScript, in a real browser."""

from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests import test_js

SUITE = "@adv_management"


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    """All files of static/tests, on a desktop's screen."""

    @no_retry
    def test_desktop(self):
        suite = test_js.HOOTCommon._generate_hash(self, SUITE)
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            code="",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
