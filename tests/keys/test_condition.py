from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from kxmodel.errors import KeyBuildError, TemplateError
from kxmodel.keys import parse_condition


@pytest.mark.parametrize(
    ("when", "values", "holds"),
    [
        ({"x": {"present": True}}, {"x": 0}, True),
        ({"x": {"present": True}}, {"x": False}, True),
        ({"x": {"present": True}}, {"x": None}, False),
        ({"x": {"present": True}}, {"x": ""}, False),
        ({"x": {"present": False}}, {}, True),
        ({"a.b": {"present": True}}, {"a": {"b": 1}}, True),
        ({"a.b": {"present": False}}, {"a": None}, True),
        ({"x": {"equals": "a"}}, {"x": "a"}, True),
        ({"x": {"equals": "a"}}, {"x": "A"}, False),
        ({"x": {"equals": "a"}}, {}, False),
        ({"x": {"equals": True}}, {"x": True}, True),
        ({"x": {"equals": True}}, {"x": 1}, False),
        ({"x": {"equals": 1}}, {"x": True}, False),
        ({"x": {"equals": 1}}, {"x": Decimal("1.00")}, True),
        ({"x": {"equals": 0.1}}, {"x": Decimal("0.1")}, True),
        ({"x": {"equals": 1}}, {"x": "1"}, False),
        ({"x": {"equals": "1"}}, {"x": 1}, False),
        ({"x": {"equals": 1}}, {"x": float("nan")}, False),
        (
            {"x": {"equals": "2024-01-15T00:00:00.000Z"}},
            {"x": datetime(2024, 1, 15, tzinfo=UTC)},
            True,
        ),
        ({"x": {"in": ["a", 2]}}, {"x": 2}, True),
        ({"x": {"in": ["a", 2]}}, {"x": "b"}, False),
        ({"x": {"equals": "a"}, "y": {"present": True}}, {"x": "a"}, False),
        ({"x": {"equals": "a"}, "y": {"present": True}}, {"x": "a", "y": 1}, True),
        ({"x": {"present": True, "in": ["a"]}}, {"x": "b"}, False),
    ],
)
def test_when(when: object, values: dict[str, object], holds: bool) -> None:
    assert parse_condition(when).holds(values) is holds


def test_sources_are_named_each_once() -> None:
    when = parse_condition({"b": {"present": True, "equals": 1}, "a.c": {"in": [1]}})
    assert when.sources == ("b", "a.c")
    assert hash(when) == hash(
        parse_condition({"b": {"present": True, "equals": 1}, "a.c": {"in": [1]}})
    )


@pytest.mark.parametrize(
    "when",
    [
        None,
        {},
        [],
        "x",
        {"x": True},
        {"x": {}},
        {"x": {"equals": None}},
        {"x": {"equals": []}},
        {"x": {"in": []}},
        {"x": {"in": "ab"}},
        {"x": {"in": [None]}},
        {"x": {"present": 1}},
        {"x": {"unequal": 1}},
        {"": {"present": True}},
        {"a..b": {"present": True}},
        {1: {"present": True}},
    ],
)
def test_what_is_malformed_is_refused(when: object) -> None:
    with pytest.raises(TemplateError) as caught:
        parse_condition(when)
    assert caught.value.code == "KX305"


def test_a_path_through_what_is_no_map_is_refused() -> None:
    with pytest.raises(KeyBuildError) as caught:
        parse_condition({"a.b": {"present": True}}).holds({"a": 5})
    assert caught.value.attribute == "a.b"
