from __future__ import annotations

from kxmodel.migrate.operations.declared import stored_types

SCHEMA = {
    "$defs": {
        "Id": {"type": "string"},
        "Loop": {"$ref": "#/$defs/Loop"},
        "a/b": {"type": "integer"},
    },
    "properties": {
        "id": {"$ref": "#/$defs/Id"},
        "count": {"$ref": "#/$defs/a~1b"},
        "maybe": {"type": ["number", "null"]},
        "either": {"anyOf": [{"type": "string"}, {"type": "number"}]},
        "many": {"type": "array"},
        "loop": {"$ref": "#/$defs/Loop"},
        "contact": {"type": "object", "properties": {"phone": {"type": "string"}}},
        "open": True,
    },
}


def test_types_as_they_are_stored() -> None:
    found = stored_types(SCHEMA, ["id", "count", "maybe", "contact.phone"])
    assert found == {
        "id": {"S", "B"},
        "count": {"N"},
        "maybe": {"N"},
        "contact.phone": {"S", "B"},
    }


def test_what_the_schema_leaves_open_is_not_judged() -> None:
    paths = ["either", "many", "loop", "open", "unknown", "contact.other", "id.below"]
    assert stored_types(SCHEMA, paths) == {}
    assert stored_types(None, paths) == {}
