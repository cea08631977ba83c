from ..common import AdvCommon


class TestComposing(AdvCommon):
    """To whom a message goes, in which language, with which words."""

    def compose(self, *keys, kind="delay", **vals):
        return self.env["adv.customer.message"]._compose(
            [
                {
                    "kind": kind,
                    "key": key,
                    "company_id": self.company.id,
                    "partner_id": self.partner.id,
                    **vals,
                }
                for key in keys
            ]
        )

    def test_a_known_key_gives_the_message_that_is_there(self):
        first = self.compose("a")
        self.assertEqual(self.compose("b", "a", "b")[1], first)
        self.assertEqual(first.state, "draft")
        self.assertEqual(first.contact_ids, self.partner)
        self.assertTrue(first.body)
