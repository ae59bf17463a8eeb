from __future__ import annotations

import pytest

from tests.lint.schemas import NOTES, SHOP, TEXT, changed, clean, codes, found, lint

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


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("pk", "@@me", "its values make 'NOTE#me'"),
        ("GSI1PK", "@@COLOUR#green", "its values make 'COLOUR#red'"),
    ],
)
def test_a_wrong_key_in_an_example(name: str, value: str, words: str) -> None:
    finding = found("KX253", changed(NOTES, ("examples", [{**EXAMPLE, name: value}])))
    assert words in finding.message
    assert finding.fix.startswith("Write ")


def test_a_key_that_an_example_has_too_much_or_too_little() -> None:
    less = {k: v for k, v in EXAMPLE.items() if k != "GSI1SK"}
    (finding,) = lint(changed(NOTES, ("examples", [less])))
    assert "lacks 'GSI1SK', which its values make" in finding.message
    more = {k: v for k, v in EXAMPLE.items() if k != "colour"} | {"GSI1PK": "@@x"}
    more.pop("GSI1SK")
    finding = found("KX253", changed(NOTES, ("examples", [more])))
    assert finding.fix == "Remove 'GSI1PK'."


def test_an_example_whose_key_cannot_be_built() -> None:
    base = changed(NOTES, ("properties/owner", TEXT), ("x-kx-entity/keys/pk", "${owner}#${title}"))
    bad = {**EXAMPLE, "owner": "a#b"}
    told = [f for f in lint(changed(base, ("x-kx-patterns", {}), ("examples", [bad])))]
    assert "has no key" in next(f.message for f in told if f.code == "KX253")


def test_derived_attributes_of_an_example() -> None:
    label = ("properties/label", {"type": "string", "x-kx-derive": "${day}: ${title}"})
    clean(changed(NOTES, label, ("examples", [{**EXAMPLE, "label": "2024-01-15: Milk"}])))
    bad = {**EXAMPLE, "label": "@@Milk"}
    found("KX253", changed(NOTES, label, ("examples", [bad])))


def test_number_and_binary_keys_of_an_example() -> None:
    keyed = changed(
        SHOP,
        (
            "x-kx-table/indexes/GSI2",
            {"hash": {"name": "raw", "type": "B"}, "range": {"name": "rank", "type": "N"}},
        ),
        ("$defs/Customer/properties/raw", {"type": "string", "x-kx-type": "B"}),
        ("$defs/Customer/properties/score", {"type": "number"}),
        ("$defs/Customer/required", ["customer", "score"]),
        ("$defs/Customer/x-kx-entity/indexes/GSI2", {"keys": {"rank": "${score}"}}),
        (
            "x-kx-patterns/ranked",
            {"question": "?", "entity": "Customer", "index": "GSI2", "given": ["raw"]},
        ),
    )
    example = {
        "PK": "CUSTOMER#c",
        "SK": "PROFILE",
        "customer": "c",
        "raw": "aGk=",
        "score": 1.50,
        "rank": 1.5,
    }
    clean(changed(keyed, ("$defs/Customer/examples", [example])))
    bad = changed(keyed, ("$defs/Customer/examples", [{**example, "rank": 2}]))
    (finding,) = [f for f in lint(bad) if f.code == "KX253"]
    assert "'rank' = 2" in finding.message


def test_the_time_inside_a_ulid() -> None:
    ulid = {"type": "string", "x-kx-generate": {"ulid": {"time": "written"}}}
    base = changed(NOTES, ("properties/id", ulid))
    good = {**EXAMPLE, "id": "01HM6AQH208M2N3P4Q5R6S7T8V"}
    clean(changed(base, ("examples", [good])))
    bad = {**EXAMPLE, "id": "@@01HKQR5J9X8M2N3P4Q5R6S7T8V"}
    assert (
        "but 'written' is 2024-01-15T10:30:00.000Z"
        in found("KX254", changed(base, ("examples", [bad]))).message
    )
    broken = {**EXAMPLE, "id": "x"}
    assert "KX254" not in codes(changed(base, ("examples", [broken])))


def test_a_schema_that_the_validator_does_not_take() -> None:
    bad = changed(NOTES, ("properties/title", {"type": "string", "minLength": 10**400}))
    told = codes(bad)
    assert told <= {"KX251"}
