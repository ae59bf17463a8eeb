from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.migrate.state import digest, dump, is_digest, load

_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False)
)
_json = st.recursive(
    _scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


@given(_json, st.sampled_from([None, 1, 2]))
def test_json_comes_back(value: object, indent: int | None) -> None:
    assert load(dump(value, indent)) == value
    assert json.loads(dump(value, indent)) == value


@given(st.dictionaries(st.text(), _scalars))
def test_order_changes_nothing(value: dict) -> None:
    assert dump(dict(reversed(value.items()))) == dump(value)
    assert digest(dict(reversed(value.items()))) == digest(value)


def test_a_number_that_no_float_holds_keeps_its_digits() -> None:
    exact = Decimal("0.10000000000000000555")
    assert load(dump([exact, 0.5])) == [exact, 0.5]


@pytest.mark.parametrize("text", ["NaN", "Infinity", "{"])
def test_no_json(text: str) -> None:
    with pytest.raises(ValueError):
        load(text)


def test_digest() -> None:
    assert is_digest(digest({}))
    for other in ("sha256:", "md5:" + "0" * 64, "sha256:" + "G" * 64, None):
        assert not is_digest(other)
