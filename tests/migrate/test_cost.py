"""The model of cost, against figures worked out by hand."""

from __future__ import annotations

import pytest

from kxmodel.migrate.cost import Cost, Rates, Size, index_cost, scan_cost, write_cost

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


def test_an_index_is_charged_as_writes() -> None:
    assert index_cost(BILLION).wcu == 1e9


def test_nothing_costs_nothing() -> None:
    empty = Size(0, 0)
    assert scan_cost(empty, Rates()) + write_cost(empty, Rates(), 3) + index_cost(empty) == Cost()
