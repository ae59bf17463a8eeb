"""The model of cost, against figures worked out by hand."""

from __future__ import annotations

import pytest

from kxmodel.migrate.cost import (
    Cost,
    Prices,
    Rates,
    Size,
    assumptions,
    index_cost,
    move_cost,
    new_index,
    scan_cost,
    write_cost,
)

BILLION = Size(10**9, 10**12)  # items of 1,000 bytes


def test_reading_is_priced_at_the_whole_size_and_twice() -> None:
    cost = scan_cost(BILLION, Rates(max_rcu=10_000), 2)
    assert cost.rcu == 2 * 244_140_625
    assert cost.seconds == pytest.approx(48_828.125)
    assert cost.dollars == pytest.approx(61.04, abs=0.01)


def test_writing_counts_whole_kilobytes_and_the_indexes() -> None:
    assert write_cost(BILLION, Rates()).wcu == 1e9
    assert write_cost(Size(10, 10 * 1025), Rates()).wcu == 20
    assert write_cost(BILLION, Rates(max_wcu=1000), indexes=2).seconds == pytest.approx(3e6)
    assert write_cost(BILLION, Rates()).dollars == pytest.approx(625)


def test_an_index_is_charged_as_writes_and_is_judged_and_compared_by_reads() -> None:
    cost = index_cost(BILLION, Rates(max_wcu=1, max_rcu=10_000))
    assert cost.wcu == 1e9
    assert cost.rcu == 2 * 244_140_625 + 122_070_313
    # DynamoDB builds it without regard to the run's write rate.
    assert cost.seconds == pytest.approx(cost.rcu / 10_000 + 1e9 / 4_000)


def test_money_is_at_the_prices_given() -> None:
    rates = Rates(prices=Prices(write=2.0, read=1.0))
    assert write_cost(BILLION, rates).dollars == pytest.approx(2000)
    assert scan_cost(BILLION, rates).dollars == pytest.approx(244.14, abs=0.01)
    assert any(
        "this project's settings: $2 for a million write units" in a for a in assumptions(rates)
    )
    assert any("of us-east-1 since November 2024: $0.625" in a for a in assumptions(Rates()))


@pytest.mark.parametrize(
    ("items", "dollars", "hours", "core_hours"),
    [(10**9, 1387.33, 2 * 1e9 / 4e3 / 3600 + 30.52, 2.78), (10**10, 13873.29, 1694.1, 27.78)],
)
def test_a_new_index_on_a_billion_items_and_on_ten(
    items: int, dollars: float, hours: float, core_hours: float
) -> None:
    made = new_index(Size(items, items * 1000), Rates(max_rcu=10_000), cpu_per_item=10e-6)
    assert made.cost.wcu == 2 * items
    assert made.cost.dollars == pytest.approx(dollars, rel=0.001)
    assert made.hours == pytest.approx(hours, rel=0.001)
    assert made.core_hours == pytest.approx(core_hours, rel=0.01)


def test_a_move_is_charged_twice_for_both_items_and_for_each_index() -> None:
    cost = move_cost(BILLION, Rates(max_wcu=1000, max_rcu=1000), indexes=2)
    assert (cost.wcu, cost.rcu, cost.transactions) == (8e9, 1e9, 10**9)
    assert cost.seconds == pytest.approx(9e6)
    assert (cost + scan_cost(BILLION, Rates())).transactions == 10**9


def test_nothing_costs_nothing() -> None:
    empty = Size(0, 0)
    assert (
        scan_cost(empty, Rates()) + write_cost(empty, Rates(), 3) + index_cost(empty, Rates())
        == Cost()
    )
