from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kxmodel.keys import (
    DerivedAttribute,
    KeyPart,
    KeyRules,
    KeySet,
    derive,
    encode_key,
    key_rules,
    parse,
    paths_overlap,
)


def keyset(name: str, sparse: bool = True, **templates: str) -> KeySet:
    return KeySet(
        name, tuple(KeyPart(n, parse(t), "hash") for n, t in templates.items()), sparse=sparse
    )


RULES = key_rules(
    keyset("E", sparse=False, pk="${tenant}"),
    [
        keyset("A", SHARED="${tenant}", A="${a}"),
        keyset("B", SHARED="${tenant}", B="${b}"),
        keyset("C", pk="${tenant}", created="${created}"),
    ],
    [DerivedAttribute("label", parse("label ${b}"))],
)


def names(sets: Any) -> list[str]:
    return [key_set.name for key_set in sets]


def test_natural_attributes_are_known() -> None:
    assert isinstance(RULES, KeyRules)
    assert RULES.natural == {"created"}


def test_a_set_brings_those_that_share_an_attribute_with_it() -> None:
    assert names(RULES.with_sharers(["A"])) == ["A", "B"]
    assert names(RULES.with_sharers(["C"])) == ["C"]
    assert names(RULES.touched_by([("b",)])) == ["label", "A", "B"]


def test_a_shared_attribute_stays_as_long_as_one_set_is_present() -> None:
    found = derive(RULES, RULES.derived, {"tenant": "t", "b": "1", "created": "c"})
    assert found.present == {"SHARED": {"S": "t"}, "B": {"S": "1"}, "label": {"S": "label 1"}}
    assert found.absent == {"A"}


def test_natural_attributes_and_the_primary_key_are_never_removed() -> None:
    found = derive(RULES, RULES.with_sharers(["C"]), {"tenant": "t"})
    assert (found.present, found.absent) == ({}, set())


def test_an_error_is_told_and_spares_the_other_sets() -> None:
    found = derive(RULES, RULES.derived, {"tenant": "t", "a": [], "b": "1"})
    assert [(s.name, error.attribute) for s, error in found.errors] == [("A", "a")]
    assert "B" in found.present


@pytest.mark.parametrize(
    ("value", "stored"),
    [("a", {"S": "a"}), (b"a", {"B": b"a"}), (3, {"N": "3"}), (Decimal("1.50"), {"N": "1.5"})],
)
def test_a_key_has_the_type_of_its_value(value: Any, stored: Any) -> None:
    assert encode_key(value) == stored


def test_paths_overlap_at_above_and_below() -> None:
    assert paths_overlap(("a",), ("a", "b"))
    assert paths_overlap(("a", 0), ("a", 0))
    assert not paths_overlap(("a", "b"), ("a", "c"))
