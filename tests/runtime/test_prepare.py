"""An item that is not told to be light at once is judged as any other."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kxmodel.errors import ImmutableError, Problem, ValidationFailed
from tests.emit.golden.club import Event
from tests.emit.golden.gallery_v2 import Picture

SIZES = pytest.mark.parametrize("size", [1, 150_000])


def event(size: int) -> Event:
    made = Event.from_json({"club": "c", "SK": "2024-01-15T10:30:00.000Z", "fee": 3})
    return Event.from_item({**made.serialize(), "note": {"S": "x" * size}})


def nested(levels: int) -> Any:
    """Lists, one inside another."""
    value: Any = {"S": "x"}
    for _ in range(levels):
        value = {"L": [value]}
    return value


def refused_by(found: Any) -> tuple[Problem, ...]:
    with pytest.raises(ValidationFailed) as refused:
        found.serialize()
    return refused.value.problems


@SIZES
def test_a_natural_key_stays(size):
    found = event(size)
    found.sk = datetime(2025, 1, 1, tzinfo=UTC)
    with pytest.raises(ImmutableError, match="SK: cannot change"):
        found.serialize()


@SIZES
def test_keys_are_derived_once_more(size):
    found = event(size)
    found.fee = 4
    assert found.serialize()["N2"] == {"N": "4"}
    found.fee = None
    assert "N2" not in found.serialize()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"N": "1e200"}, "magnitude"),
        ({"N": "1" * 40}, "38 significant digits"),
        ({"S": "\ud800"}, "surrogate"),
        (nested(33), "over 32 levels"),
    ],
)
def test_what_no_item_can_hold_is_told_where_nothing_declares_it(value, told):
    found = event(1)
    found.fee = 4
    found = Event.from_item({**found.to_item(), "note": value})
    assert "note" in found.to_item()
    (problem,) = refused_by(found)
    assert problem.path == ("note",)
    assert told in problem.message


@pytest.mark.parametrize("value", [{"N": "1e200"}, {"N": "1" * 40}])
def test_what_no_item_can_hold_is_told_where_it_is_kept(value):
    tree = {"label": "oak", "leaf": {"str": "green"}}
    made = Picture(tenant="t", kind="oil", size=3, frame=1, years={1999}, tree=tree)
    item = made.serialize()
    found = Picture._kx_read({**item, "anything": value})
    assert [problem.path for problem in refused_by(found)] == [("anything",)]
    inner = {"M": {**item["tree"]["M"], "age": value}}
    found = Picture._kx_read({**item, "tree": inner})
    assert [problem.path for problem in refused_by(found)] == [("tree",)]
