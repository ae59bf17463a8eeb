from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.ir import Table


def test_it_stands_alone_and_is_plain(notes: Table) -> None:
    schema = notes.entity("Note").schema
    text = json.dumps(schema)
    assert "x-kx-" not in text
    assert "types.json" not in text
    assert list(schema["$defs"]) == [
        *("Audit", "Tenant", "Email", "Person", "Address", "Section", "Stamp"),
    ]
    Draft202012Validator.check_schema(dict(schema))
    jsonschema_rs.validator_for(dict(schema))


def test_texts_go_but_not_attributes_called_like_them(small: dict, read: Callable) -> None:
    names = ("title", "description", "examples", "$comment", "default", "$defs", "x-kx-pii", "$ref")
    small["properties"] |= {
        name: {
            "title": "t",
            "description": "d",
            "$comment": "c",
            "type": "string",
            "x-kx-name": f"a{n}",
        }
        for n, name in enumerate(names)
    }
    small["properties"]["e"] = {"enum": [{"title": 1, "$ref": "x"}]}
    small["required"] = list(names)
    schema = read(small).entities[0].schema
    assert schema["properties"] == {
        "id": {"type": "string"},
        **{name: {"type": "string"} for name in names},
        "e": {"enum": [{"title": 1, "$ref": "x"}]},
    }
    assert schema["required"] == list(names)


@pytest.mark.parametrize("closing", ["unevaluatedProperties", "additionalProperties"])
def test_a_closed_entity_accepts_its_own_keys(small: dict, read: Callable, closing: str) -> None:
    small["x-kx-table"] = {
        "name": "things",
        "key": {"hash": "PK", "range": "SK"},
        "indexes": {
            "GSI1": {"hash": "id", "range": {"name": "n", "type": "N"}},
            "GSI2": {"hash": "z"},
        },
    }
    small["x-kx-entity"] |= {
        "keys": {"PK": "A#${id}", "SK": "A"},
        "indexes": {"GSI1": {"keys": {"n": "${score}"}}},
    }
    small["properties"]["score"] = {"type": "number"}
    small[closing] = False
    entity = read(small).entities[0]
    assert not entity.open
    item = {"id": "x", "score": 1, "PK": "A#x", "SK": "A", "n": 1}
    for valid in (
        Draft202012Validator(entity.schema).is_valid,
        jsonschema_rs.validator_for(entity.schema).is_valid,
    ):
        assert valid(item)
        assert not valid({**item, "z": "not of this entity"})
        assert not valid({**item, "PK": 1})


def test_references_are_turned_inwards(small: dict, write: Callable, read: Callable) -> None:
    write({"$defs": {"A": {"type": "string"}, "B": {"$ref": "#/$defs/A"}}}, "lib.json")
    small["$defs"] = {
        "A": {"type": "integer"},
        "Unused": {"type": "null"},
        "a/b~c": {"$anchor": "here", "type": "boolean"},
    }
    small["properties"] |= {
        "own": {"$ref": "#/$defs/A"},
        "theirs": {"$ref": "lib.json#/$defs/B"},
        "odd": {"$ref": "#here"},
        "self": {"type": "array", "items": {"$ref": "#/$defs/A"}},
        "like": {"$ref": "#/properties/own"},
    }
    schema = read(small).entities[0].schema
    assert schema["$defs"] == {
        "A": {"type": "integer"},
        "B": {"$ref": "#/$defs/A_2"},
        "a/b~c": {"type": "boolean"},
        "own": {"$ref": "#/$defs/A"},
        "A_2": {"type": "string"},
    }
    valid = Draft202012Validator(schema).is_valid
    assert valid({"own": 1, "theirs": "x", "odd": True, "like": 2, "self": [1]})
    for wrong in ({"own": "1"}, {"theirs": 1}, {"odd": 1}, {"like": "x"}, {"self": ["x"]}):
        assert not valid(wrong)


def test_an_entity_within_itself(small: dict, read: Callable) -> None:
    small["$defs"] = {"Node": small.copy()}
    del small["$defs"]["Node"]["$schema"], small["$defs"]["Node"]["x-kx-table"]
    for key in ("x-kx-entity", "type", "properties"):
        del small[key]
    node = small["$defs"]["Node"]
    node["x-kx-name"] = "Part"
    node["properties"] = {"id": {"type": "string"}, "parts": {"items": {"$ref": "#/$defs/Node"}}}
    table = read(small)
    assert [s.name for s in table.structures] == ["Part"]
    schema = table.entities[0].schema
    assert schema["properties"]["parts"] == {"items": {"$ref": "#"}}
    assert not Draft202012Validator(schema).is_valid({"parts": [{"parts": [{"id": 1}]}]})


def test_the_examples_of_notes_hold(notes: Table) -> None:
    note = notes.entity("Note")
    validator = Draft202012Validator(note.schema)
    # The example leaves out what is required, and nothing else is wrong with it.
    assert {error.validator for error in validator.iter_errors(note.examples[0])} == {"required"}
