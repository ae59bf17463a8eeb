from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kxmodel.ir import IndexKeys, KeyAttribute, Recognition, Scalar, Table
from kxmodel.keys import parse, parse_condition

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.errors import SchemaError

    Refused = Callable[..., SchemaError]


def texts(keys: IndexKeys) -> dict[str, str]:
    return {name: template.text for name, template in keys.keys.items()}


def test_keys_of_the_table_and_of_the_indexes(notes: Table) -> None:
    note = notes.entity("Note")
    assert note.keys == {"owner_key": parse("${tenantId}#${emailLc}"), "noteId": parse("${noteId}")}
    gsi1, gsi2 = note.indexes
    assert texts(gsi1) == {"GSI1PK": "TOPIC#${about.topic}", "GSI1SK": "${status}#${createdAt}"}
    assert gsi1.when == parse_condition(
        {"pinned": {"equals": True}, "status": {"in": ["open", "done"]}}
    )
    assert texts(gsi2) == {"noteId": "${noteId}", "rank": "${rank}"}


def test_an_inverted_index_has_the_templates_of_the_table(market: Table) -> None:
    seller, stall, fair = market.entities
    assert texts(seller.indexes[0]) == {"SK": "PROFILE", "PK": "SELLER#${sellerId}"}
    assert texts(stall.indexes[0]) == {"SK": "STALL#${stallId}", "PK": "SELLER#${sellerId}"}
    assert fair.indexes == ()


def test_an_index_with_several_attributes_in_one_key(market: Table) -> None:
    index = market.index("GSI2")
    assert index.hash == (KeyAttribute("kind"), KeyAttribute("city"))
    assert index.range == (KeyAttribute("opened"), KeyAttribute("stallId"))
    assert list(market.entity("Stall").indexes[1].keys) == ["kind", "city", "opened", "stallId"]


def test_key_attributes_that_are_not_declared_are_added(market: Table, notes: Table) -> None:
    stall = market.entity("Stall")
    assert [a.name for a in stall.attributes][-2:] == ["PK", "SK"]
    assert stall.members["SK"].description == (
        "Sort key of the table, partition key of GSI1, derived: `STALL#${stallId}`."
    )
    assert stall.members["SK"].python_name == "sk"
    assert not stall.members["SK"].required
    note = notes.entity("Note")
    assert note.members["owner_key"].description == "Whose note it is."
    assert note.members["noteId"].required
    assert note.members["GSI1PK"].shape == Scalar("text")


def test_a_number_key_copies_its_source(small: dict, read: Callable) -> None:
    small["x-kx-table"]["indexes"] = {
        "GSI1": {"hash": "id", "range": {"name": "GSI1SK", "type": "N"}}
    }
    small["x-kx-entity"]["indexes"] = {"GSI1": {"keys": {"GSI1SK": "${score}"}}}
    small["properties"]["score"] = {"type": ["integer", "null"]}
    assert read(small).entities[0].members["GSI1SK"].shape == Scalar("integer")


def test_recognition(market: Table, notes: Table) -> None:
    rules = [entity.recognition for entity in market.entities]
    assert rules == [
        Recognition({"SK": "PROFILE"}, {"PK": "SELLER#"}),
        Recognition({}, {"PK": "SELLER#", "SK": "STALL#"}),
        Recognition({"SK": "FAIR"}, {"PK": "FAIR#"}),
    ]
    assert notes.entities[0].recognition == Recognition()


def two(small: dict) -> dict:
    """Two entities, in $defs."""
    first = {k: small.pop(k) for k in ("x-kx-entity", "properties", "type")}
    second = {"properties": dict(first["properties"])}
    second["x-kx-entity"] = {"name": "Other", "keys": {"id": "OTHER#${key}"}}
    first["x-kx-entity"]["keys"]["id"] = "THING#${key}"
    small["$defs"] = {"Thing": first, "Other": second}
    return small["$defs"]


def test_an_entity_that_nothing_tells_apart(small: dict, refused: Refused, read: Callable) -> None:
    definitions = two(small)
    definitions["Other"]["x-kx-entity"]["keys"]["id"] = "${key}"
    refused(small, "KX133", "Other", "recognise")
    definitions["Other"]["x-kx-entity"]["recognise"] = {"equals": {"kind": "other"}}
    assert read(small).entity("Other").recognition == Recognition({"kind": "other"})


def test_two_entities_of_one_name(small: dict, refused: Refused) -> None:
    two(small)["Other"]["x-kx-entity"]["name"] = "Thing"
    refused(small, "KX120", "Thing")


@pytest.mark.parametrize("name", ["True", "None", "False"])
def test_an_entity_called_like_a_keyword(small: dict, refused: Refused, name: str) -> None:
    small["x-kx-entity"]["name"] = name
    refused(small, "KX121", name)


def test_entities_at_the_root_and_in_defs(small: dict, refused: Refused) -> None:
    small["$defs"] = {"A": {"x-kx-entity": {"name": "A", "keys": {"id": "A#${id}"}}}}
    refused(small, "KX131", "$defs")


def test_a_table_without_an_entity(small: dict, refused: Refused) -> None:
    del small["x-kx-entity"]
    refused(small, "KX131", "no entity")


def test_an_entity_that_is_no_object(small: dict, refused: Refused) -> None:
    small["type"] = "array"
    refused(small, "KX132", "object")


@pytest.mark.parametrize(
    ("entity", "code", "words"),
    [
        ({"keys": {}}, "KX131", "'id' has no template"),
        ({"keys": {"id": "${id}", "idd": "x"}}, "KX131", "did you mean 'id'?"),
        ({"keys": {"id": "${id"}}, "KX301", "never closed"),
        ({"keys": {"id": "A#${id|uper}"}}, "KX302", "did you mean upper?"),
        ({"keys": {"id": "A#${id}"}}, "KX131", "derived itself"),
        ({"keys": {"id": "${id.x}#"}}, "KX131", "derived itself"),
        ({"indexes": {"GSI9": {}}}, "KX131", "did you mean 'GSI1'?"),
        ({"indexes": {"GSI1": {}}}, "KX131", "'GSI1PK' of GSI1 has no template"),
        ({"indexes": {"GSI1": {"keys": {"GSI1PK": "a"}}}}, "KX131", "'n' of GSI1 has no template"),
        ({"indexes": {"GSI1": {"keys": {"GSI1PK": "a", "n": "A${x}"}}}}, "KX131", "makes text"),
        (
            {"indexes": {"GSI1": {"keys": {"GSI1PK": "${GSI1PK}", "n": "${x}"}}}},
            "KX131",
            "needs the",
        ),
        ({"indexes": {"GSI1": {"keys": {"GSI1PP": "a"}}}}, "KX131", "did you mean 'GSI1PK'?"),
        ({"indexes": {"GSI1": {"keys": {"GSI1PK": "a", "n": "${b"}}}}, "KX301", "never closed"),
    ],
)
def test_templates_that_lack_or_fail(
    small: dict, refused: Refused, entity: dict, code: str, words: str
) -> None:
    small["x-kx-table"]["indexes"] = {
        "GSI1": {"hash": "GSI1PK", "range": {"name": "n", "type": "N"}}
    }
    small["x-kx-entity"] |= entity
    refused(small, code, words)


def test_a_template_is_blamed_at_its_character(small: dict, refused: Refused) -> None:
    small["x-kx-entity"]["keys"]["id"] = "AB#${x|uper}"
    assert str(refused(small, "KX302").where) == "things.json:12:18"
    small["x-kx-entity"]["keys"]["id"] = 'A"#${x|uper}'
    assert str(refused(small, "KX302").where) == "things.json:12:10"


def test_a_condition_that_is_none(small: dict, refused: Refused) -> None:
    small["x-kx-table"]["indexes"] = {"GSI1": {"hash": "id"}}
    small["x-kx-entity"]["indexes"] = {"GSI1": {"when": {"a..b": {"present": True}}}}
    refused(small, "KX305", "a..b")


def test_one_attribute_with_two_templates(small: dict, refused: Refused) -> None:
    small["x-kx-table"]["indexes"] = {"GSI1": {"hash": "k"}, "GSI2": {"hash": "k"}}
    small["x-kx-entity"]["indexes"] = {"GSI1": {"keys": {"k": "a"}}, "GSI2": {"keys": {"k": "b"}}}
    refused(small, "KX131", "another template")


@pytest.mark.parametrize(
    ("schema", "code", "words"),
    [
        ({"type": "integer"}, "KX130", "type S"),
        ({"type": "object"}, "KX130", "type S"),
        ({}, "KX130", "type S"),
        ({"type": "string", "x-kx-derive": "${other}"}, "KX131", "its template stands in `keys`"),
    ],
)
def test_a_key_attribute_of_another_type(
    small: dict, refused: Refused, schema: dict, code: str, words: str
) -> None:
    small["properties"]["id"] = schema
    refused(small, code, words)


def test_a_derived_key_is_not_generated(small: dict, refused: Refused) -> None:
    small["x-kx-entity"]["keys"]["id"] = "A#${x}"
    small["properties"]["id"]["x-kx-generate"] = "ulid"
    refused(small, "KX131", "generated")


def test_an_example_is_an_item(small: dict, refused: Refused) -> None:
    small["examples"] = [{"id": "a"}, "b"]
    assert str(refused(small, "KX108", "whole item").where) == "things.json:25:3"
