"""A pattern asked with the schema's examples: what is chosen, what is sent, what is read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kxmodel.docs.asking import Asked, arguments, asked
from kxmodel.ir import (
    AccessPattern,
    Attribute,
    Entity,
    Index,
    IndexKeys,
    KeyAttribute,
    Scalar,
    Table,
)
from kxmodel.keys import parse
from tests.emit.designs import FOLDERS, design

TABLES = [table for name in FOLDERS for table in design(name)]
PATTERNS = [(table, pattern) for table in TABLES for pattern in table.patterns]
IDS = [f"{table.name}.{pattern.entity}.{pattern.name}" for table, pattern in PATTERNS]


def text(name: str) -> Attribute:
    return Attribute(name, name, Scalar("text"))


def table(*examples: dict, sort: str = "N") -> Table:
    """Readings of a device in a shared index, whose sort key is a number or binary."""
    kind = {"N": "integer", "B": "binary", "S": "text"}[sort]
    reading = Entity(
        "Reading",
        (text("device"), Attribute("at", "at", Scalar(kind)), text("tenant"), text("GSIPK")),
        {"device": parse("${device}"), "at": parse("${at}")},
        (IndexKeys("GSI", {"GSIPK": parse("ROOM#${room}")}),),
        examples=examples,
    )
    pattern = AccessPattern("at", "Reading", "?", ("device", "at"), ("device", "at"), result="one")
    return Table(
        "readings",
        "readings.json",
        KeyAttribute("device"),
        KeyAttribute("at", sort),
        (Index("GSI", "gsi", (KeyAttribute("GSIPK"),)),),
        (reading,),
        (pattern,),
        tenant="tenant",
    )


@pytest.mark.parametrize(("table", "pattern"), PATTERNS, ids=IDS)
def test_every_pattern_of_the_designs_finds_examples(table, pattern):
    found = asked(table, pattern)
    assert found is not None
    assert list(found.arguments) == list(pattern.given)
    read = [item.entity.name for item in found.read()]
    assert set(read) <= {entity.name for entity in table.entities}
    assert set(read) & set(pattern.returns or (pattern.entity,))


def test_the_arguments_are_those_that_most_items_answer():
    of = table()
    pattern = AccessPattern("of", "Reading", "?", ("device",), ("device",))
    items = [("Reading", {"device": name}) for name in ("a", "b", "b", "c")]
    assert arguments(of, pattern, items) == {"device": "b"}
    assert arguments(of, pattern, items[:2]) == {"device": "a"}, "the first of several"


def test_an_item_of_another_kind_outside_the_index_or_with_another_fixed_value_gives_no_arguments():
    of = table()
    pattern = AccessPattern("of", "Reading", "?", ("room",), ("room",), index="GSI")
    inside = {"room": "r", "GSIPK": "ROOM#r"}
    assert arguments(of, pattern, [("Reading", inside)]) == {"room": "r"}
    assert arguments(of, pattern, [("Other", inside)]) is None
    assert arguments(of, pattern, [("Reading", {"room": "r"})]) is None
    assert arguments(of, pattern, [("Reading", {"room": "", "GSIPK": "ROOM#"})]) is None
    fixed = replace(pattern, fixed={"state": "on"})
    assert arguments(of, fixed, [("Reading", inside)]) is None
    assert arguments(of, fixed, [("Reading", {**inside, "state": "on"})]) == {"room": "r"}


def test_keys_of_numbers_and_bytes():
    of = table({"device": "d", "at": 7, "room": "r"})
    found = asked(of, of.patterns[0])
    assert found is not None
    assert found.request["ExpressionAttributeValues"] == {":pk": {"S": "d"}, ":sk": {"N": "7"}}
    assert found.request["Limit"] == 2
    assert len(found.read()) == 1
    of = table(sort="B")
    found = Asked(of, of.patterns[0], {"device": "d", "at": "AP8="})
    assert found.value("at") == b"\x00\xff"
    assert found.key_conditions[1].values == ({"B": b"\x00\xff"},)


def test_a_binary_key_finds_its_example():
    of = table({"device": "d", "at": "AP8=", "room": "r"}, {"device": "d", "at": "AP4="}, sort="B")
    found = asked(of, of.patterns[0])
    assert found is not None
    assert [item.plain["at"] for item in found.read()] == ["AP8="]


def test_a_filter_reads_ahead_and_is_a_condition_of_its_own():
    of = table({"device": "d", "at": 7, "room": "r", "tenant": "t"})
    pattern = AccessPattern(
        "in_room",
        "Reading",
        "?",
        ("room", "tenant"),
        ("room", "tenant"),
        index="GSI",
        filter=("tenant",),
        limit=3,
    )
    found = Asked(of, pattern, {"room": "r", "tenant": "t"})
    assert [each.path for each in found.key_conditions] == [("GSIPK",)]
    assert [(each.path, each.values) for each in found.filters] == [(("tenant",), ({"S": "t"},))]
    assert found.request["Limit"] == 25
    other = Asked(of, pattern, {"room": "r", "tenant": "u"})
    assert len(other.read()) == 1, "a filter leaves out after reading"
    assert Asked(of, pattern, {"room": "x", "tenant": "t"}).read() == ()
