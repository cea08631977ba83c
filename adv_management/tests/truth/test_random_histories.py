"""The ledger against an independent truth, on histories nobody thought of."""

import os
from contextlib import contextmanager
from itertools import pairwise
from unittest.mock import patch

from freezegun import freeze_time
from hypothesis import (
    HealthCheck,
    Phase,
    currently_in_test_context,
    given,
    note,
    settings,
)
from hypothesis import strategies as st

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import MONDAY, AdvCommon
from .warehouse import WarehouseHistory

EXAMPLES = int(os.environ.get("ADV_HISTORIES", "0"))

number = st.integers(0, 20)
orders = st.lists(
    st.tuples(
        st.lists(
            st.tuples(st.integers(0, 1), st.integers(1, 10)), min_size=1, max_size=3
        ),
        st.none() | st.integers(0, 12),
    ),
    min_size=1,
    max_size=2,
)
start = st.fixed_dictionaries(
    {
        "stock": st.tuples(number, number),
        "orders": orders,
        "manual": st.booleans(),
        "together": st.booleans(),
    }
)
ACTIONS = sorted(name for name in dir(WarehouseHistory) if name.startswith("do_")) + [
    "do_deliver",
    "do_deliver",
    "do_deliver",
    "do_set_quantity",
    "do_take_back",
]
# Between two of these the engine may be late: the next run finds more to do. Changes of
# quantity are dated by the first note that waits, so nothing may wait before them.
QUIET = {f"do_{name}" for name in ("nothing", "expect", "expect_later", "receive")} | {
    f"do_{name}" for name in ("cancel_receipt", "count", "reserve", "plan")
}
# These ask the ledger how a line stands.
NEEDS_FIGURES = {f"do_{name}" for name in ("change_promise", "type_date")} | {
    f"do_{name}" for name in ("confirm_again", "put_in_customers_name")
}
steps = st.lists(
    st.tuples(
        st.sampled_from(ACTIONS),
        number,
        number,
        number,
        st.sampled_from((0, 0.2, 3, 7.5, 24, 48, 96, 168)),
    ),
    min_size=6,
    max_size=12,
)


def _plain(value):
    """Return a value of a column as it is compared and shown."""
    if isinstance(value, float):
        value = round(value, 2)
    return str(value) if hasattr(value, "year") else value or None


def histories(count):
    """Return the settings of a run: the same examples every time, unless asked for
    more.
    """
    return settings(
        max_examples=EXAMPLES or count,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        print_blob=False,
    )


class _Histories(AdvCommon):
    """Two products, one of them with a lead time; a company holiday."""

    delivery_steps = "ship_only"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse.delivery_steps = cls.delivery_steps
        cls.goods = cls._create_product("Sapin", stock=0) + cls._create_product(
            "Chêne", stock=0, sale_delay=4
        )
        cls.env.user.group_ids += cls.env.ref("adv_management.group_adv_manager")
        cls.env["resource.calendar.leaves"].create(
            {
                "name": "Inventory",
                "calendar_id": cls.calendar.id,
                "company_id": cls.company.id,
                "date_from": "2026-03-11 23:00:00",
                "date_to": "2026-03-12 22:59:59",
            }
        )
        cls.closed = [fields.Date.to_date("2026-03-12")]

    @contextmanager
    def history(self, start):
        """Begin a history that leaves nothing behind."""
        cr = self.env.cr
        savepoint = cr.savepoint()
        with (
            freeze_time(MONDAY) as frozen,
            patch.object(cr, "now", lambda: fields.Datetime.now()),
        ):
            try:
                history = WarehouseHistory(self, frozen, self.closed)
                if start["manual"]:
                    kinds = self.warehouse.out_type_id + self.warehouse.pick_type_id
                    kinds.reservation_method = "manual"
                for product, qty in zip(self.goods, start["stock"], strict=True):
                    if qty:
                        self._set_stock(product, qty)
                yield history
            finally:
                if currently_in_test_context():
                    note("\n".join(history.diary))
                savepoint.close(rollback=True)
                cr.precommit.clear()
                cr.postcommit.clear()

    def run_history(self, start, steps):
        with self.history(start) as history:
            for goods, promise in start["orders"]:
                history.sell(goods, promise, together=start["together"])
                self.compare(history)
            is_joined = False
            for step, after in pairwise([*steps, (None, 1)]):
                history.pass_time(step[-1])
                self.act_once(history, *step[:-1])
                if after[0] and after[0] not in NEEDS_FIGURES:
                    if not after[-1]:  # both in one transaction
                        is_joined = True
                        continue
                    is_quiet = QUIET.issuperset((step[0], after[0]))
                    if is_quiet and not is_joined and step[3] % 3 == 0:
                        continue
                is_joined = False
                self.compare(history)
            self.compare_with_full_refresh(history)

    def act_once(self, history, name, *numbers):
        try:
            with self.env.cr.savepoint():
                getattr(history, name)(*numbers)
                history.open_books()
        except UserError as error:
            history.tell("refused:", str(error)[:80])

    def compare(self, history):
        history.look()
        self._run_engine()
        for line, truth in history.truths().items():
            expected = truth.columns()
            commitment = self.env["adv.commitment"].search(
                [("sale_line_id", "=", line.id)]
            )
            found = {name: _plain(commitment[name]) for name in expected}
            expected = {name: _plain(value) for name, value in expected.items()}
            self.assertEqual(found, expected, f"line {line.id}")
        self.assertEqual(
            len(history.books), len(history.orders.adv_commitment_ids), "rows"
        )

    def compare_with_full_refresh(self, history):
        """Measuring everything again changes nothing."""
        commitments = history.orders.adv_commitment_ids
        before = commitments.read(load=None)
        self.env["adv.commitment"]._refresh(commitments.sale_line_id.ids)
        self.assertEqual(commitments.read(load=None), before)


@tagged("post_install", "-at_install")
class TestRandomHistories(_Histories):
    """Goods leave in one step."""

    @histories(45)
    @given(start=start, steps=steps)
    def test_ledger_tells_the_truth(self, start, steps):
        self.run_history(start, steps)


@tagged("post_install", "-at_install")
class TestRandomHistoriesInTwoSteps(_Histories):
    """Goods are picked before they leave."""

    delivery_steps = "pick_ship"

    @histories(15)
    @given(start=start, steps=steps)
    def test_ledger_tells_the_truth(self, start, steps):
        self.run_history(start, steps)
