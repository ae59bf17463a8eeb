"""Definitions of several schemas in one place."""

from __future__ import annotations

from kxmodel.emit.definitions import merged

TEXT = {"type": "string"}


def test_what_says_the_same_is_shared_and_what_does_not_is_numbered():
    schemas = {
        "A": {"$ref": "#/$defs/X", "$defs": {"X": TEXT}},
        "B": {"$ref": "#/$defs/X", "$defs": {"X": TEXT}},
        "C": {"$ref": "#/$defs/X", "$defs": {"X": {"type": "number"}}},
    }
    assert merged(schemas, "#/d/") == {
        "A": {"$ref": "#/d/X"},
        "B": {"$ref": "#/d/X"},
        "C": {"$ref": "#/d/X_2"},
        "X": TEXT,
        "X_2": {"type": "number"},
    }


def test_what_leads_to_something_else_is_something_else():
    inner = {"X": {"$ref": "#/$defs/Y"}}
    schemas = {
        "A": {"$ref": "#/$defs/X", "$defs": {**inner, "Y": TEXT}},
        "B": {"$ref": "#/$defs/X", "$defs": {**inner, "Y": {"type": "null"}}},
    }
    found = merged(schemas, "#/$defs/")
    assert found["A"]["$ref"] != found["B"]["$ref"]
    assert found["X_2"] == {"$ref": "#/$defs/Y_2"}


def test_a_reference_to_the_root_leads_to_the_schema_itself():
    tree = {"properties": {"child": {"$ref": "#"}, "other": {"$ref": "#/$defs/L"}}}
    schemas = {name: {**tree, "$defs": {"L": {"items": {"$ref": "#"}}}} for name in "AB"}
    found = merged(schemas, "#/$defs/")
    assert found["B"]["properties"]["child"] == {"$ref": "#/$defs/B"}
    assert found["L_2"] == {"items": {"$ref": "#/$defs/B"}}


def test_names_fit_where_they_stand():
    schemas = {"A": {"$ref": "#/$defs/a~1b c", "$defs": {"a/b c": True, "A": False}}}
    found = merged(schemas, "#/components/schemas/")
    assert found == {
        "A": {"$ref": "#/components/schemas/a_b_c"},
        "a_b_c": {},
        "A_2": {"not": {}},
    }
