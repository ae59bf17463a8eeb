from __future__ import annotations

from dataclasses import replace

import pytest

from kxmodel.docs.conditions import failed, listed, phrase, sparse
from kxmodel.ir import Attribute, Entity, IndexKeys, Scalar
from kxmodel.keys import parse, parse_condition
from tests.emit.designs import design


def needs(design_name: str, entity: str, index: str) -> tuple[str, ...]:
    for table in design(design_name):
        for each in table.entities:
            for filled in each.indexes:
                if (each.name, filled.index) == (entity, index):
                    return sparse(table, each, filled)
    raise AssertionError(index)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (("kxgen", "Message", "GSI1"), ()),
        (("kxgen", "Message", "GSI2"), ("it has lead_id",)),
        (("kxgen", "Lead", "GSI1"), ("it has contactInfo.phone",)),
        (("kxgen", "Persona", "GSI2"), ("isTemplate is true", "it has templateCategory")),
        (("shop", "Invoice", "GSI3"), ('status is "unpaid"',)),
        (("membership", "Membership", "GSI3"), ('status is "active"',)),
    ],
)
def test_what_an_item_needs(place: tuple[str, str, str], told: tuple[str, ...]) -> None:
    assert needs(*place) == told


def test_what_has_to_be_there_is_one_phrase() -> None:
    table = replace(design("byhand")[1], tenant=None)
    names = ("a", "b", "c", "d")
    entity = Entity("Thing", tuple(Attribute(n, n, Scalar("text")) for n in names), {})
    keys = {"PK": parse("${a}#${b}"), "SK": parse("${c}#${d|default:0}")}
    filled = IndexKeys("GSI1", keys, parse_condition({"d": {"equals": 1}, "c": {"present": True}}))
    assert sparse(table, entity, filled) == ("d is 1", "it has c, a and b")


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ({"a": {"present": True}}, "it has a"),
        ({"a.b": {"present": False}}, "it has no a.b"),
        ({"a": {"equals": 3}}, "a is 3"),
        ({"a": {"in": ["x", "y", True]}}, 'a is "x", "y" or true'),
    ],
)
def test_phrases(condition: dict[str, object], told: str) -> None:
    assert phrase(parse_condition(condition).tests[0]) == told


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ({"a": {"present": True}}, "it has no a"),
        ({"a.b": {"present": False}}, "it has a.b"),
        ({"a": {"equals": True}}, "its a is not true"),
        ({"a": {"in": ["x", 2]}}, 'its a is not "x" or 2'),
    ],
)
def test_phrases_of_what_does_not_hold(condition: dict[str, object], told: str) -> None:
    assert failed(parse_condition(condition).tests[0]) == told


def test_lists() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
