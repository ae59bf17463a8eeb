from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.migrate.backfill import Budget, Counts, PartitionSplit
from kxmodel.migrate.backfill.split import between, cut
from kxmodel.migrate.backfill.unit import KeyRange
from kxmodel.values import canonical
from tests.migrate.backfill.bench import Bench, expected, message

values = st.one_of(
    st.tuples(st.text(max_size=8), st.text(max_size=8)).map(lambda p: [{"S": t} for t in p]),
    st.tuples(st.integers(), st.integers()).map(
        lambda p: [{"N": canonical(n % 10**30)} for n in p]
    ),
    st.tuples(st.binary(max_size=8), st.binary(max_size=8)).map(lambda p: [{"B": b} for b in p]),
)


def order(value: Any) -> Any:
    ((kind, content),) = value.items()
    return content.encode() if kind == "S" else int(float(content)) if kind == "N" else content


@given(values)
def test_what_lies_between_lies_between(pair: list[Any]) -> None:
    low, high = sorted(pair, key=order)
    middle = between(low, high)
    if middle is not None:
        assert middle.keys() == low.keys()
        assert order(low) <= order(middle) <= order(high)
        assert low != middle != high


@given(values, st.integers(1, 9))
def test_ranges_adjoin(pair: list[Any], parts: int) -> None:
    low, high = sorted(pair, key=order)
    ranges = cut(KeyRange({"S": "h"}, low, high), parts)
    assert 1 <= len(ranges) <= parts
    assert (ranges[0].after, ranges[-1].through) == (low, high)
    for one, following in itertools.pairwise(ranges):
        assert one.through == following.after


def test_times_are_cut_where_they_differ() -> None:
    low, high = "2024-01-01T00:00:00.000Z", "2024-12-31T23:59:59.999Z"
    middle = between({"S": low}, {"S": high})
    assert middle is not None
    assert "2024-0" < middle["S"] < "2024-13"


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ({"S": "b" * 1020 + "aaaa"}, {"S": "b" * 1020 + "zzzz"}),
        ({"S": "é" * 510 + "aa"}, {"S": "é" * 511 + "b"}),
        ({"B": b"\x07" * 1020}, {"B": b"\x07" * 1020 + b"\x09\x09\x09\x09"}),
        ({"N": "0"}, {"N": "3E-130"}),
        ({"N": "9.8E125"}, {"N": "9.9E125"}),
    ],
)
def test_what_lies_between_can_be_a_sort_key(low: Any, high: Any) -> None:
    middle: Any = between(low, high)
    assert middle is not None
    ((kind, content),) = middle.items()
    if kind == "N":
        assert Decimal(low["N"]) < Decimal(content) < Decimal(high["N"])
    else:
        assert low[kind] < content < high[kind]
        assert len(content.encode() if kind == "S" else content) <= 1024


def test_nothing_that_can_be_stored_lies_between() -> None:
    assert between({"N": "0"}, {"N": "1E-130"}) is None
    assert between({"S": "b" * 1024}, {"S": "b" * 1023 + "c"}) is None


def test_a_heavy_partition_is_worked_on_in_ranges(any_bench: Bench) -> None:
    count = 150 if any_bench.engine.name == "moto" else 600
    items = [message(n, contacts=1) for n in range(count)]
    items += [message(10**6 + n, contacts=40) for n in range(40)]
    any_bench.create(items)
    split: list[PartitionSplit] = []
    result = any_bench.run(
        heavy=60,
        page=20,
        workers=3,
        events=lambda e: split.append(e) if isinstance(e, PartitionSplit) else None,
    )
    assert split
    assert result.finished
    assert result.counts.balanced
    assert (result.counts.scanned, result.counts.updated) == (len(items), len(items))
    assert any_bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): expected(i) for i in items}


def test_many_workers_split_a_key_in_one_transaction(true_bench: Bench) -> None:
    """Which takes 100 actions at most."""
    true_bench.create([message(n, contacts=1) for n in range(400)])
    split: list[PartitionSplit] = []
    result = true_bench.run(
        heavy=50,
        page=20,
        workers=64,
        segments=4,
        events=lambda e: split.append(e) if isinstance(e, PartitionSplit) else None,
    )
    assert split[0].parts == 64
    assert result.counts == Counts(scanned=400, updated=400)


def test_a_key_is_heavy_also_over_many_short_slices(bench: Bench) -> None:
    items = [message(n, contacts=1) for n in range(300)]
    bench.create(items)
    split: list[PartitionSplit] = []
    result = bench.run(
        heavy=100,
        page=10,
        budget=Budget(max_rcu=200),
        events=lambda e: split.append(e) if isinstance(e, PartitionSplit) else None,
    )
    assert split
    assert result.counts == Counts(scanned=300, updated=300)
