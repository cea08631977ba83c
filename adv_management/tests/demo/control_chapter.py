from datetime import timedelta


class ControlChapter:
    """What the story leaves behind of controls, entry errors and orders by mail.

    Part of ``TestStory``, which tells the story once for all its tests.
    """

    def _results(self, *domain):
        return self.env["adv.control.result"].search(
            [("company_id", "=", self.company.id), *domain]
        )

    def _stopped(self, code):
        """Return the failed results of a control that stops, by its code."""
        control = self.env["adv.control"].search(
            [("code", "=", code), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(control.severity, "blocking")
        return self._results(("control_id", "=", control.id), ("state", "=", "failed"))

    def test_no_control_cries_wolf(self):
        self.assertFalse(self._results(("state", "=", "error")))
        failed = self._results(("state", "=", "failed"))
        for control, results in failed.grouped("control_id").items():
            self.assertLessEqual(len(results), 12, control.name)
        self.assertGreater(len(self._results(("state", "=", "passed"))), 5000)

    def _rates(self, date_from, date_to):
        kpis = self.env["adv.kpi"].with_context(allowed_company_ids=self.company.ids)
        codes = ["order_error_rate", "interception_rate", "control_precision"]
        found = kpis._evaluate(codes, date_from, date_to).total
        return [found[code].value for code in codes]

    def test_entry_errors_are_believable_and_fewer_since_controls_stop(self):
        first, middle = self.today - timedelta(366), self.today - timedelta(155)
        orders, interception, precision = self._rates(first, self.today)
        self.assertTrue(0.02 <= orders <= 0.06, orders)
        self.assertTrue(0.2 <= interception <= 0.5, interception)
        self.assertTrue(0.2 <= precision < 1, precision)
        before, caught_before, _precision = self._rates(first, middle)
        after, caught_after, _precision = self._rates(middle, self.today)
        self.assertLess(after, before / 2)
        self.assertLess(caught_before, caught_after)

    def test_most_errors_are_classified_and_a_handful_is_not(self):
        errors = self.env["adv.entry.error"].search(
            [
                ("company_id", "=", self.company.id),
                ("moment", "!=", "before_confirmation"),
            ]
        )
        states = errors.grouped("state")
        self.assertTrue(4 <= len(states["suspected"]) <= 10, states["suspected"])
        self.assertTrue(8 <= len(states["confirmed"]) <= 14, states["confirmed"])
        self.assertEqual(
            set(states["confirmed"].type_id.mapped("code")),
            {"PRX", "QTE", "REF", "ADL", "DEL", "OUB"},
        )
        self.assertGreater(len(states["customer_change"]), 10)
        self.assertTrue(states["rejected"])
        classified = errors - states["suspected"]
        by_hand = classified.filtered("decided_by_id")
        self.assertEqual(by_hand.decided_by_id.login, "helene")
        self.assertFalse(self.company.adv_staff_informed_date)
        self.assertFalse(errors.with_user(by_hand.decided_by_id).author_id)

    def test_today_orders_wait_for_a_price_a_second_look_and_a_signature(self):
        [price] = self._stopped("price").filtered("requested_by_id")
        self.assertIn(price.order_id.state, ("draft", "sent"))
        large = self._results(("severity", "=", "approval"), ("state", "=", "failed"))
        [large] = large.filtered("requested_by_id")
        self.assertGreater(large.order_id.amount_untaxed, 5000)
        manager = self.env["res.users"].search([("login", "=", "helene")])
        for result in price + large:
            self.assertEqual(result.order_id.activity_ids.user_id, manager)
            self.assertTrue(result.with_user(manager).is_decidable)
        [twice] = self._stopped("duplicate_order")
        self.assertEqual(twice.order_id.state, "draft")
        parked = self.env["sale.order"].search(
            [("company_id", "=", self.company.id), ("adv_is_parked", "=", True)]
        )
        self.assertEqual((len(parked), bool(parked.signed_by)), (1, True))
        self.assertFalse(parked.picking_ids)

    def test_people_decided_with_a_reason_or_a_tick(self):
        [waived] = self._results(("state", "=", "waived"))
        self.assertTrue(waived.waiver_reason)
        self.assertEqual(waived.waived_by_id.login, "helene")
        self.assertEqual(waived.order_id.state, "sale")
        ticks = self._results(("checkpoint", "=", "quotation"))
        self.assertEqual(set(ticks.mapped("state")), {"passed", "failed"})

    def test_orders_by_mail_wait_with_the_document_of_the_customer(self):
        waiting = self.env["sale.order"].search(
            [("company_id", "=", self.company.id), ("adv_is_to_enter", "=", True)]
        )
        self.assertEqual(len(waiting), 3)
        self.assertEqual(len(waiting.filtered("adv_is_unidentified")), 1)
        for order in waiting:
            self.assertEqual(
                order.message_main_attachment_id.mimetype, "application/pdf"
            )
            self.assertLess(order.adv_date_received, order.create_date)
        self.assertEqual(
            waiting.adv_mailbox_id.alias_email, "commandes@comptoir-delorme.example"
        )
