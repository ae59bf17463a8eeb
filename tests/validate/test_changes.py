from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.errors import Problem
from kxmodel.validate import brought, compile_schema
from tests.validate.test_reference import instances, schemas

if TYPE_CHECKING:
    import random


def writes(schema: object, old: object, new: object) -> list[tuple[str, str]]:
    """Pointer and rule of the problems that the change from `old` to `new` brings."""
    validator = compile_schema(schema)
    found = brought(validator.problems(new), validator.problems(old), new, old)
    return [(problem.pointer, problem.rule) for problem in found]


NOTE = {"type": "object", "required": ["text"], "properties": {"lang": {"enum": ["en", "de"]}}}
LEAD = {
    "required": ["email"],
    "properties": {
        "status": {"enum": ["new", "won"]},
        "score": {"type": "integer", "minimum": 0},
        "contact": {"required": ["phone"], "properties": {"zip": {"maxLength": 5}}},
        "notes": {"items": NOTE},
        "tags": {"uniqueItems": True, "maxItems": 3, "items": {"maxLength": 3}},
    },
    "minProperties": 3,
    "dependentRequired": {"score": ["scored_at"]},
    "propertyNames": {"maxLength": 12},
}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # The flaw stays as it was while something else changes.
        ({"status": "x", "n": 1}, {"status": "x", "n": 2}),
        ({"n": 1}, {"n": 2}),
        ({"contact": {"zip": "123456"}}, {"contact": {"zip": "123456", "city": "B"}}),
        ({"score": -1}, {"score": -1, "a": 1}),
        ({"score": 1}, {"score": 2}),
        ({"a_very_long_name": 1, "n": 1}, {"a_very_long_name": 2, "n": 1}),
        # Fewer problems than before.
        ({"status": "x"}, {"status": "new", "email": "e", "n": 1}),
        ({"n": 1}, {"n": 1, "m": 2}),
        # Elements that move take their flaws along.
        ({"notes": [{"lang": "xx"}]}, {"notes": [{"text": "t"}, {"lang": "xx"}]}),
        ({"notes": [{"text": "t"}, {"lang": "xx"}]}, {"notes": [{"lang": "xx"}]}),
        ({"notes": [{"lang": "xx"}, {"lang": "yy"}]}, {"notes": [{"lang": "yy"}, {"lang": "xx"}]}),
        ({"notes": [{"lang": "en"}]}, {"notes": [{"lang": "de"}]}),
        # What was too many, or there twice, is no worse.
        ({"tags": ["a", "b", "c", "d", "e"]}, {"tags": ["a", "b", "c", "d"]}),
        ({"tags": ["a", "a", "b"]}, {"tags": ["a", "a", "c"]}),
        ({"tags": ["a", "a", "a"]}, {"tags": ["a", "a"]}),
        ({"tags": ["long", "b"]}, {"tags": ["b", "long"]}),
    ],
)
def test_old_flaws_are_not_the_write_s(old: object, new: object) -> None:
    assert writes(LEAD, old, new) == []


WHOLE = {"email": "e", "a": 1, "b": 2}


@pytest.mark.parametrize(
    ("old", "new", "brings"),
    [
        (WHOLE, {"a": 1, "b": 2, "c": 3}, [("email", "required")]),
        (WHOLE, {"email": "e", "a": 1}, [("(item)", "minProperties")]),
        ({"a": 1, "b": 2}, {"a": 1}, [("(item)", "minProperties")]),
        # Another bad value in the place of one.
        ({"status": "x"}, {"status": "y"}, [("status", "enum")]),
        ({"score": -1}, {"score": -2}, [("score", "minimum")]),
        ({"score": -1}, {"score": -1.5}, [("score", "minimum"), ("score", "type")]),
        ({"status": 1}, {"status": True}, [("status", "enum")]),
        # A new flaw beside an old one.
        ({"status": "x"}, {"status": "x", "score": "s"}, [("score", "type"), ("scored_at", "dependentRequired")]),
        ({"contact": {}}, {"contact": {"zip": "123456"}}, [("contact.zip", "maxLength")]),
        ({}, {"contact": {}}, [("contact.phone", "required")]),
        ({}, {"another_long_name": 1}, [("another_long_name", "propertyNames")]),
        # Elements: a changed one, a copy, one that moves and changes.
        ({"notes": [{"lang": "xx", "text": "t"}]}, {"notes": [{"lang": "yy", "text": "t"}]}, [("notes[0].lang", "enum")]),
        ({"notes": [{}]}, {"notes": [{}, {}]}, [("notes[1].text", "required")]),
        ({"notes": [{"lang": "xx"}]}, {"notes": [{"text": "t"}, {"lang": "xx", "more": 1}]},
         [("notes[1].lang", "enum"), ("notes[1].text", "required")]),
        ({"notes": [{"text": "t"}]}, {"notes": []}, []),
        # Worse than before.
        ({"tags": ["a", "b", "c", "d"]}, {"tags": ["a", "b", "c", "d", "e"]}, [("tags", "maxItems")]),
        ({"tags": ["a", "a"]}, {"tags": ["a", "a", "a"]}, [("tags", "uniqueItems")]),
        ({"tags": ["a", "a"]}, {"tags": ["b", "b"]}, [("tags", "uniqueItems")]),
        ({"tags": ["long"]}, {"tags": ["long", "long"]}, [("tags", "uniqueItems"), ("tags[1]", "maxLength")]),
    ],
)  # fmt: skip
def test_what_the_write_brings(old: object, new: object, brings: list[tuple[str, str]]) -> None:
    assert writes(LEAD, old, new) == brings


STATE = {
    "if": {"properties": {"status": {"const": "closed"}}, "required": ["status"]},
    "then": {"required": ["closed_at"], "properties": {"score": {"maximum": 10}}},
    "else": {"not": {"required": ["reason"]}},
}


@pytest.mark.parametrize(
    ("old", "new", "brings"),
    [
        ({"status": "closed", "n": 1}, {"status": "closed", "n": 2}, []),
        ({"status": "open", "score": 50}, {"status": "closed", "score": 50},
         [("closed_at", "required"), ("score", "maximum")]),
        ({"status": "closed", "score": 50}, {"status": "closed", "score": 50, "n": 1}, []),
        ({"status": "closed", "score": 50}, {"status": "closed", "score": 60}, [("score", "maximum")]),
        ({"status": "open", "reason": 1}, {"status": "open", "reason": 1, "n": 1}, []),
        ({"status": "open"}, {"status": "open", "reason": 1}, [("(item)", "not")]),
        ({"status": "closed", "closed_at": 1, "reason": 1}, {"status": "open", "closed_at": 1, "reason": 1},
         [("(item)", "not")]),
    ],
)  # fmt: skip
def test_conditions(old: object, new: object, brings: list[tuple[str, str]]) -> None:
    assert writes(STATE, old, new) == brings


SIZED = {
    "anyOf": [
        {"properties": {"kind": {"const": "small"}, "size": {"maximum": 10}}},
        {"properties": {"kind": {"const": "large"}, "size": {"maximum": 100}}},
    ]
}


@pytest.mark.parametrize(
    ("old", "new", "brings"),
    [
        ({"kind": "small", "size": 500, "n": 1}, {"kind": "small", "size": 500, "n": 2}, []),
        ({"kind": "small", "size": 500}, {"kind": "small", "size": 600}, [("(item)", "anyOf")]),
        ({"kind": "small", "size": 500}, {"kind": "large", "size": 500}, []),
        ({"kind": "tiny", "size": 1}, {"kind": "huge", "size": 1}, [("(item)", "anyOf")]),
        ({"kind": "tiny", "size": 1}, {"kind": "tiny", "size": 2}, []),
        ({"kind": "small", "size": 1}, {"kind": "small", "size": 11}, [("(item)", "anyOf")]),
    ],
)
def test_alternatives_of_an_object(old: object, new: object, brings: list[tuple[str, str]]) -> None:
    assert writes(SIZED, old, new) == brings


@pytest.mark.parametrize(
    ("schema", "old", "new", "brings"),
    [
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"n": 1}, {"n": 2}, False),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"a": 1}, {"n": 2}, True),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"a": 1, "b": 1}, {"a": 2, "b": 1}, False),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"a": 1, "b": 1}, {}, True),
        ({"oneOf": [{"multipleOf": 3}, {"multipleOf": 5}]}, 15, 30, True),
        ({"not": {"const": 1}}, 1, 1.0, False),
        ({"not": {"type": "string"}}, "a", "b", True),
        ({"contains": {"const": 1}}, [2], [3], False),
        ({"contains": {"const": 1}}, [1], [3], True),
        ({"then": False, "if": {"required": ["a"]}}, {"a": 1}, {"a": 2}, False),
        ({"properties": {"a": False}}, {"a": {"b": 1}}, {"a": {"b": 2}}, True),
        ({"properties": {"a": {"type": "object"}}}, {"a": [1]}, {"a": [2]}, True),
        ({"additionalProperties": False}, {"x": 1}, {"x": 1}, False),
        ({"additionalProperties": False}, {"x": 1}, {"x": 2}, True),
        ({"additionalProperties": False}, {"x": 1}, {"y": 1}, True),
        ({"propertyNames": {"const": "a"}}, {"x": 1}, {"x": 2}, False),
        # One old flaw in allOf leaves the members it declares unevaluated; that is no new problem.
        ({"allOf": [{"properties": {"a": {"type": "string"}, "b": {}}}], "unevaluatedProperties": False},
         {"a": 1, "b": 1}, {"a": 1, "b": 2}, False),
        ({"allOf": [{"properties": {"a": {"type": "string"}, "b": {}}}], "unevaluatedProperties": False},
         {"a": 1, "b": 1}, {"a": 1, "c": 2}, True),
    ],
)  # fmt: skip
def test_rules_over_several_values(schema: object, old: object, new: object, brings: bool) -> None:
    assert bool(writes(schema, old, new)) is brings


def test_problems_of_other_origin_are_compared_as_they_are() -> None:
    size = Problem((), 500_000, "size", "is over 400 KB", "KX402")
    assert brought([size], [], {"a": 1}, {}) == [size]
    assert brought([size], [size], {"a": 1}, {"a": 1}) == []


@settings(max_examples=150, deadline=None)
@given(schemas, instances, instances)
def test_brought_is_a_part_of_what_is_wrong(schema: object, old: object, new: object) -> None:
    validator = compile_schema(schema)
    before, after = validator.problems(old), validator.problems(new)
    found = brought(after, before, new, old)
    assert [problem for problem in after if problem in found] == found
    assert brought(before, before, old, old) == []
    assert brought(after, [], new, old) == after


@settings(max_examples=150, deadline=None)
@given(schemas, st.lists(instances, max_size=5), st.randoms())
def test_reordering_a_list_brings_nothing(
    item: object, elements: list[object], rnd: random.Random
) -> None:
    shuffled = copy.copy(elements)
    rnd.shuffle(shuffled)
    assert writes({"items": item}, elements, shuffled) == []


@settings(max_examples=150, deadline=None)
@given(schemas, instances, instances)
def test_another_attribute_s_flaw_is_never_the_write_s(
    schema: object, flawed: object, value: object
) -> None:
    table = {"properties": {"flawed": schema, "other": {"type": "string"}}}
    old, new = {"flawed": flawed, "other": ""}, {"flawed": flawed, "other": value}
    assert all(pointer == "other" for pointer, _ in writes(table, old, new))


@pytest.mark.parametrize("kind", ["inserted", "reversed"])
def test_long_lists_of_flaws_take_no_longer_than_their_length(kind: str) -> None:
    schema = {"items": {"required": ["text"]}}
    old = [{"number": number} for number in range(10_000)]
    new = [{}, *old] if kind == "inserted" else old[::-1]
    assert writes(schema, old, new) == [("[0].text", "required")] * (kind == "inserted")
