from __future__ import annotations

from decimal import Decimal

import pytest

from kxmodel.errors import ValueRefused
from kxmodel.validate import compile_schema, project_item


def test_every_type_of_dynamodb() -> None:
    item = {
        "s": {"S": ""},
        "n": {"N": "42"},
        "whole": {"N": "1.0E2"},
        "fraction": {"N": "19.99"},
        "long": {"N": "1234567890123456789012345678901234567.8"},
        "b": {"B": b"\x00\xff"},
        "yes": {"BOOL": True},
        "null": {"NULL": True},
        "list": {"L": [{"S": "b"}, {"S": "a"}]},
        "map": {"M": {"x": {"M": {}}}},
        "texts": {"SS": ["b", "a", "B"]},
        "numbers": {"NS": ["10", "9", "-1.5"]},
        "bytes": {"BS": [b"b", b"a"]},
    }
    assert project_item(item) == {
        "s": "",
        "n": 42,
        "whole": 100,
        "fraction": 19.99,
        "long": Decimal("1234567890123456789012345678901234567.8"),
        "b": "AP8=",
        "yes": True,
        "null": None,
        "list": ["b", "a"],
        "map": {"x": {}},
        "texts": ["B", "a", "b"],
        "numbers": [-1.5, 9, 10],
        "bytes": ["YQ==", "Yg=="],
    }


def test_whole_numbers_are_integers_however_written() -> None:
    values = project_item({name: {"N": name} for name in ("1", "1.0", "1e2", "-0", "1E125")})
    assert all(type(value) is int for value in values.values())
    assert compile_schema({"additionalProperties": {"type": "integer"}}).is_valid(values)


@pytest.mark.parametrize(
    "digits", ["0.1", "0.30000000000000004", "1.5E-100", "9" * 38, "0." + "9" * 38]
)
def test_numbers_are_judged_by_every_digit(digits: str) -> None:
    number = Decimal(digits)
    value = project_item({"n": {"N": digits}})["n"]
    above, below = number + Decimal("1E-131"), number - Decimal("1E-131")
    assert compile_schema({"const": number, "minimum": number, "maximum": number}).is_valid(value)
    if number < 1:
        assert not compile_schema({"exclusiveMinimum": number}).is_valid(value)
        assert not compile_schema({"exclusiveMaximum": number}).is_valid(value)
        assert compile_schema({"minimum": below, "maximum": above}).is_valid(value)


def test_what_is_no_item_is_refused() -> None:
    nested: object = {"N": "1"}
    for _ in range(40):
        nested = {"L": [nested]}
    for value in (nested, {"N": "one"}, {"X": 1}, "text"):
        with pytest.raises(ValueRefused):
            project_item({"a": value})
