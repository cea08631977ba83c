"""The marks of the bench's table, and how fast the machine is."""

from dev.bench_table import is_missed, table


def _column(
    seconds: float, confirming: float, more: float = 0.05, controls: int = 0
) -> dict:
    """What the bench finds where a refresh takes so long, and Odoo's confirmation."""
    return {
        "figures": [
            {
                "name": "refresh",
                "cost": [seconds, 24, 100],
                "promises": 45_000,
                "budget": 5,
            }
        ],
        "clicks": [
            {
                "name": "confirm an order",
                "own": [confirming * (1 + more), 179 + controls, 100],
                "plain": [confirming, 175, 100],
                "more_time": more,
                "controls": controls,
            }
        ],
    }


def _shown(column: dict) -> str:
    return "\n".join(table({200_000: column}))


def test_within_the_budget_there_is_no_mark():
    column = _column(4.9, confirming=0.3)
    assert not is_missed({200_000: column})
    assert not {"!", "~"} & set(_shown(column))


def test_over_the_budget_is_missed_however_slow_the_machine():
    for confirming in (0.11, 0.22):
        column = _column(5.1, confirming)
        assert is_missed({200_000: column})
        assert "5.100!" in _shown(column)
        assert "! over budget" in _shown(column)


def test_a_fast_machine_lowers_no_budget():
    assert not is_missed({200_000: _column(4.9, confirming=0.05)})


def test_how_slow_the_machine_is_stands_under_the_table():
    assert "takes 2.0 times as long" in _shown(_column(9.9, confirming=0.22))
    assert "takes 0.5 times as long" in _shown(_column(4.9, confirming=0.055))


def test_what_a_click_costs_more_depends_on_no_machine():
    assert is_missed({200_000: _column(1, confirming=0.33, more=0.11)})


def test_each_control_that_may_stop_may_ask_once():
    column = _column(1, confirming=0.11, more=0.4, controls=30)
    assert not is_missed({200_000: column})
    assert "+34" in _shown(column)
    assert "+35" in _shown(column)
    column["clicks"][0]["own"][1] += 2
    assert is_missed({200_000: column})
