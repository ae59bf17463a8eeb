from __future__ import annotations

import pytest

from tests.lint.schemas import NOTES, TEXT, changed, clean, codes, found, lint

EXAMPLE = {
    "pk": "NOTE#me",
    "sk": "2024-01-15#Milk",
    "owner": "me",
    "day": "2024-01-15",
    "title": "Milk",
    "colour": "red",
    "written": "2024-01-15T10:30:00.000Z",
    "GSI1PK": "COLOUR#red",
    "GSI1SK": "2024-01-15T10:30:00.000Z",
}


@pytest.mark.parametrize(
    ("bad", "good"),
    [("@@^\\d+$", "^[0-9]+$"), ("@@^(?=a)", "^a"), ("@@[[a]", "[\\[a]")],
)
def test_a_pattern_that_is_read_differently(bad: str, good: str) -> None:
    message = found("KX250", changed(NOTES, ("properties/title/pattern", bad))).message
    assert "is not portable" in message
    clean(changed(NOTES, ("properties/title/pattern", good)))


def test_patterns_anywhere() -> None:
    for schema, path in (
        ({"type": "object", "patternProperties": {"@@^\\w$": TEXT}}, "properties/x"),
        ({"type": "array", "items": {"anyOf": [{"pattern": "@@\\w"}]}}, "properties/x"),
        ({"type": "object", "properties": {"in": {"not": {"pattern": "@@\\w"}}}}, "properties/x"),
        ({"Deep": {"type": "string", "pattern": "@@\\w"}}, "$defs"),
    ):
        use = ("properties/y", {"$ref": "#/$defs/Deep"})
        deep = [use] if path == "$defs" else []
        found("KX250", changed(NOTES, (path, schema), *deep))


def test_a_name_is_no_keyword() -> None:
    clean(changed(NOTES, ("properties/pattern", TEXT), ("properties/items", {"const": "\\w"})))


def test_a_pattern_in_a_library_is_found_there() -> None:
    library = {
        "$schema": "urn:kxmodel:dialect:1",
        "$defs": {"Odd": {"type": "string", "pattern": "\\w"}},
    }
    schema = changed(NOTES, ("properties/title", {"$ref": "types.json#/$defs/Odd"}))
    (finding,) = lint(schema, types=library)
    assert (finding.code, str(finding.location)) == ("KX250", "types.json:6:18")


def test_an_example_of_an_item() -> None:
    clean(changed(NOTES, ("examples", [EXAMPLE])))
    sparse = {k: v for k, v in EXAMPLE.items() if k not in ("colour", "GSI1PK", "GSI1SK")}
    clean(changed(NOTES, ("examples", [EXAMPLE, sparse])))


def test_an_invalid_example() -> None:
    bad = {**EXAMPLE, "day": "@@Monday", "sk": "Monday#Milk"}
    finding = found("KX252", changed(NOTES, ("examples", [EXAMPLE, bad])))
    assert "example 2 of Note: day: is not a date" in finding.message


def test_an_example_that_lacks_something() -> None:
    less = {k: v for k, v in EXAMPLE.items() if k != "written"}
    told = codes(changed(NOTES, ("examples", [less])))
    assert told == {"KX252", "KX253"}


def test_a_schema_that_the_validator_does_not_take() -> None:
    bad = changed(NOTES, ("properties/title", {"type": "string", "minLength": 10**400}))
    told = codes(bad)
    assert told <= {"KX251"}
