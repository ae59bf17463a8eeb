from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.errors import SchemaError

    Refused = Callable[..., SchemaError]


@pytest.mark.parametrize(
    "named", ["http://json-schema.org/draft-07/schema#", "urn:kxmodel:dialect:2", 7, None]
)
def test_another_dialect(small: dict, refused: Refused, named: object) -> None:
    small["$schema"] = named
    error = refused(small, "KX106", "urn:kxmodel:dialect:1")
    assert str(error.where) == "things.json:2:13"


def test_no_dialect(small: dict, refused: Refused) -> None:
    del small["$schema"]
    refused(small, "KX106", "$schema is missing")


@pytest.mark.parametrize("document", [[], '"text"', 1, True, None])
def test_no_object(refused: Refused, document: object) -> None:
    refused(document, "KX108")


@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        ("x-kx-pi", "did you mean 'x-kx-pii'?"),
        ("maxLenght", "did you mean 'maxLength'?"),
        ("$dynamicRef", "not supported: write $ref"),
        ("$dynamicAnchor", "not supported"),
        ("$recursiveRef", "not supported"),
        ("$vocabulary", "not supported"),
        ("contentSchema", "not supported"),
        ("definitions", "write $defs"),
        ("x-kx-ttl", "unknown keyword"),
        ("évil\n'\"", "unknown keyword"),
    ],
)
def test_unknown_keywords_are_named_where_they_stand(
    small: dict, refused: Refused, keyword: str, words: str
) -> None:
    small["properties"]["a"] = {"type": "object", "properties": {"b": {keyword: "x"}}}
    error = refused(small, "KX107", words)
    assert str(error.where) == "things.json:24:6"


@pytest.mark.parametrize("number", ["2.0", "2e0", "20E-1"])
def test_a_whole_number_is_written_as_one(small: dict, refused: Refused, number: str) -> None:
    small["properties"]["a"] = {"type": "string", "maxLength": 2}
    text = json.dumps(small, indent=1).replace(": 2", f": {number}")
    error = refused(text, "KX108", "maxLength is a number, not integer")
    assert str(error.where).startswith("things.json:2")


def test_annotations_of_others_are_ignored(small: dict, read: Callable) -> None:
    small["properties"]["id"]["x-order"] = {"anything": [1]}
    small["x-anything"] = None
    assert read(small).entities[0].schema["properties"] == {"id": {"type": "string"}}


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("properties", "id", "type"), "strnig", "did you mean 'string'?"),
        (("properties", "id", "type"), ["string", "strnig"], "type[1] is 'strnig'"),
        (("properties", "id", "type"), 7, "none of the forms"),
        (("properties", "id", "maxLength"), -1, "minimum"),
        (("properties", "id", "maxLength"), "7", "is a string, not integer"),
        (("properties", "id", "pattern"), "(", "no regex"),
        (("properties", "id", "pattern"), "a{99999999999}", "no regex"),
        (("properties", "id", "x-kx-generate"), "creatd", "did you mean 'created'?"),
        (("properties", "id", "x-kx-generate"), {"ulid": {}}, "lacks 'time'"),
        (("properties", "id", "x-kx-name"), "a b", "does not have the form"),
        (("properties", "id", "x-kx-name"), "id\n", "does not have the form"),
        (("properties", "id"), 7, "not object or boolean"),
        (("x-kx-table", "name"), "../evil", "does not have the form"),
        (("x-kx-table", "name"), "abc\n", "does not have the form"),
        (("x-kx-table", "key"), "id", "key is a string, not object"),
        (("x-kx-table", "key"), {}, "key lacks 'hash'"),
        (("x-kx-table", "key"), {"hash": {"name": "id", "type": "X"}}, "not one of S, N, B"),
        (("x-kx-table", "indexes"), {"GSI1": {"hash": ["a"] * 5}}, "maxItems"),
        (("x-kx-table", "indexes"), {"a b": {"hash": "a"}}, "does not have the form"),
        (("x-kx-table", "billing"), "ondemand", "did you mean 'on-demand'?"),
        (("x-kx-table", "billing"), {"read": 1}, "billing lacks 'write'"),
        (("x-kx-table", "stream"), "ALL", "not one of KEYS_ONLY"),
        (("x-kx-entity", "name"), "class", "does not have the form"),
        (("x-kx-entity", "class"), "os.system('x')", "does not have the form"),
        (("x-kx-entity", "keys", "id"), "", "minLength"),
        (
            ("x-kx-patterns",),
            {"Bad Name": {"question": "q", "given": []}},
            "does not have the form",
        ),
        (("x-kx-patterns",), {"p": {"given": []}}, "p lacks 'question'"),
        (("x-kx-patterns",), {"p": {"question": "q", "given": [{"path": "id"}]}}, "lacks 'name'"),
    ],
)
def test_values_that_are_not_allowed(
    small: dict, refused: Refused, path: tuple[str, ...], value: object, words: str
) -> None:
    node = small
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = value
    refused(small, "KX108", words)


def test_members_of_our_keywords_are_checked_too(small: dict, refused: Refused) -> None:
    small["x-kx-table"]["x-note"] = 1
    refused(small, "KX107", "x-kx-table")
    del small["x-kx-table"]["x-note"]
    small["x-kx-table"]["key"]["rang"] = "b"
    refused(small, "KX107", "did you mean 'range'?")


def test_several_problems_come_by_place_and_are_counted(small: dict, refused: Refused) -> None:
    for number in range(9):
        small["properties"][f"p{number}"] = {"type": "x"}
    error = refused(small, "KX108", "also things.json:", "and 4 more")
    assert str(error).count("also things.json:") == 4
    assert str(error.where).startswith("things.json:21:")


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("x-kx-table", {"name": "abc", "key": {"hash": "a"}}),
        ("x-kx-patterns", {}),
        ("x-kx-entity", {"name": "A", "keys": {}}),
        ("$id", "urn:x"),
        ("$schema", "urn:kxmodel:dialect:1"),
    ],
)
def test_keywords_at_places_where_they_mean_nothing(
    small: dict, refused: Refused, keyword: str, value: object
) -> None:
    small["properties"]["a"] = {"type": "object", "properties": {"b": {keyword: value}}}
    refused(small, "KX109", keyword)


def test_an_entity_without_a_table(small: dict, refused: Refused) -> None:
    del small["x-kx-table"]
    refused(small, "KX109", "x-kx-table")
