"""An item that is not told to be light at once is judged as any other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kxmodel.errors import ImmutableError
from tests.emit.golden.club import Event

SIZES = pytest.mark.parametrize("size", [1, 150_000])


def event(size: int) -> Event:
    made = Event.from_json({"club": "c", "SK": "2024-01-15T10:30:00.000Z", "fee": 3})
    return Event.from_item({**made.serialize(), "note": {"S": "x" * size}})


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
