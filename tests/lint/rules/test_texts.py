from __future__ import annotations

import pytest

from tests.lint.schemas import ID, INTEGER, NOTES, TEXT, TIME, changed, clean, codes, found

SK = "x-kx-entity/keys/sk"
GSI1PK = "x-kx-entity/indexes/GSI1/keys/GSI1PK"
GSI1SK = "x-kx-entity/indexes/GSI1/keys/GSI1SK"
BOUNDED = {"type": "integer", "minimum": 0, "maximum": 999}
REQUIRED = ("required", ["owner", "day", "title", "written", "pages"])


@pytest.mark.parametrize(
    "shape", [INTEGER, {"type": "number"}, {"type": "number", "x-kx-number": "decimal"}]
)
def test_a_number_in_a_sort_key(shape: dict) -> None:
    bad = changed(NOTES, REQUIRED, ("properties/pages", shape), (GSI1SK, "@@${pages}"))
    finding = found("KX216", bad)
    assert "'pages' stands in the sort key 'GSI1SK' of GSI1" in finding.message
    assert "${pages|pad:9}" in finding.fix
    clean(changed(NOTES, REQUIRED, ("properties/pages", BOUNDED), (GSI1SK, "${pages|pad:3}")))


def test_a_number_in_the_sort_key_of_the_table() -> None:
    bad = changed(
        NOTES,
        REQUIRED,
        ("properties/pages", INTEGER),
        (SK, "@@${day}#${pages}"),
        ("x-kx-patterns/of_day/range", None),
    )
    found("KX216", bad)


def test_a_number_in_a_partition_key_is_not_sorted() -> None:
    good = changed(
        NOTES, REQUIRED, (GSI1PK, "${pages}"), ("x-kx-patterns/of_colour/given", ["pages"])
    )
    clean(good)


def test_numbers_of_one_length_sort_as_they_are() -> None:
    years = {"type": "integer", "enum": [2023, 2024]}
    clean(changed(NOTES, REQUIRED, ("properties/pages", years), (GSI1SK, "${pages}")))
    uneven = {"type": "integer", "enum": [9, 10]}
    found("KX216", changed(NOTES, REQUIRED, ("properties/pages", uneven), (GSI1SK, "@@${pages}")))


def test_a_number_key_is_sorted_by_number() -> None:
    clean(
        changed(
            NOTES,
            REQUIRED,
            ("x-kx-table/indexes/GSI1/range", {"name": "pages", "type": "N"}),
            ("x-kx-entity/indexes/GSI1/keys/GSI1SK", None),
        )
    )


@pytest.mark.parametrize(
    ("shape", "template", "lacks"),
    [
        (INTEGER, "@@${pages|pad:3}", '"minimum": 0, "maximum": 999'),
        ({**BOUNDED, "minimum": -1}, "@@${pages|pad:3}", '"minimum": 0;'),
        ({**BOUNDED, "maximum": 1000}, "@@${pages|pad:3}", '"maximum": 999;'),
        ({**BOUNDED, "type": "number"}, "@@${pages|pad:3.2}", '"multipleOf": 0.01;'),
    ],
)
def test_padding_that_refuses_what_the_schema_allows(
    shape: dict, template: str, lacks: str
) -> None:
    bad = changed(NOTES, REQUIRED, ("properties/pages", shape), (GSI1SK, template))
    assert f"Add to 'pages': {lacks}" in found("KX217", bad).fix


@pytest.mark.parametrize(
    ("shape", "template"),
    [
        ({"type": "integer", "minimum": 0, "exclusiveMaximum": 1000}, "${pages|pad:3}"),
        ({**BOUNDED, "type": "number", "multipleOf": 0.05}, "${pages|pad:3.2}"),
        ({**BOUNDED, "type": "number"}, "${pages|pad:3.2,round}"),
        ({"$ref": "#/$defs/Few", "minimum": 0}, "${pages|pad:1}"),
        ({"type": "integer", "enum": [5, 10]}, "${pages|pad:2}"),
        ({"type": "integer", "x-kx-generate": "version"}, "${pages|pad:9}"),
    ],
)
def test_padding_that_takes_all(shape: dict, template: str) -> None:
    few = ("$defs", {"Few": {"allOf": [{"type": "integer"}, {"maximum": 9}]}})
    clean(changed(NOTES, REQUIRED, few, ("properties/pages", shape), (GSI1SK, template)))


@pytest.mark.parametrize(
    "shape",
    [
        TEXT,
        {"type": "string", "pattern": "^[^/]+$"},
        {"type": "string", "pattern": "[^#]+"},
        {"type": "string", "pattern": "^[a-z]+$|#"},
        {"type": "string", "pattern": "^\\x23[a-z]$"},
        {"type": "string", "pattern": "^[!-/]+$"},
        {"type": "string", "enum": ["a", "b#c"]},
        {"type": "string", "const": "#"},
        {"type": "string", "format": "email"},
        {"type": "string", "format": "email", "x-kx-normalise": "lower"},
        {"type": "string", "format": "uri"},
        {"anyOf": [{"type": "string"}, {"type": "integer"}]},
    ],
)
def test_a_part_that_can_hold_the_delimiter(shape: dict) -> None:
    bad = changed(NOTES, ("properties/day", shape), (SK, "@@${day}#${title}"))
    finding = found("KX218", bad)
    assert "'day' can hold '#'" in finding.message
    assert '"pattern": "^[^#]+$"' in finding.fix


@pytest.mark.parametrize(
    "shape",
    [
        ID,
        TIME,
        INTEGER,
        {"type": "boolean"},
        {"type": "number"},
        {"type": "string", "enum": ["a", "b"]},
        {"type": "string", "const": "a"},
        {"type": "string", "pattern": "^(?:[a-z0-9]+-){2}(x|y|\\u00e9)?$"},
        {"type": "string", "pattern": "^[^A-Z#]{1,9}$"},
        {"type": "string", "format": "ulid"},
        {"type": "string", "format": "uuid"},
        {"type": "string", "format": "e164"},
        {"type": "string", "format": "hostname"},
        {"type": "string", "format": "email", "pattern": "^[^#]+$"},
        {"$ref": "#/$defs/Plain"},
        {"allOf": [{"$ref": "#/$defs/Plain"}]},
        {"anyOf": [{"$ref": "#/$defs/Plain"}, {"type": "null"}]},
    ],
)
def test_a_part_that_cannot(shape: dict) -> None:
    plain = ("$defs", {"Plain": {"type": "string", "pattern": "^[a-z]+$"}})
    good = changed(NOTES, plain, ("properties/day", shape))
    assert "KX218" not in codes(good)


def test_the_last_part_may_hold_anything() -> None:
    clean(changed(NOTES, (SK, "${title}"), ("x-kx-patterns/of_day/given", ["owner"])))


def test_filters_count() -> None:
    upper = ("x-kx-entity/keys/pk", "${owner|upper}x${title}")
    assert "KX218" not in codes(changed(NOTES, upper, ("x-kx-patterns", {})))
    cut = (SK, "${written|date:hour}-${title}")
    assert "KX218" not in codes(changed(NOTES, cut, ("x-kx-patterns", {})))
    default = ("properties/day", {"type": "string", "enum": ["mon", "tue"]})
    assert "KX218" not in codes(changed(NOTES, default, (SK, "${day|default:any}#${title}")))


def test_derived_attributes_are_taken_apart_as_well() -> None:
    derive = {"type": "string", "x-kx-derive": "@@${title}/${owner}"}
    finding = found("KX218", changed(NOTES, ("properties/label", derive)))
    assert "the derived attribute 'label'" in finding.message


def test_the_fix_is_a_pattern_that_lint_accepts() -> None:
    for delimiter in "#|^-]\\/:&~[_":
        keyed = changed(NOTES, ("properties/day", TEXT), (SK, f"@@${{day}}{delimiter}${{title}}"))
        fix = found("KX218", keyed).fix
        pattern = fix.partition('"pattern": "')[2].partition('"')[0].replace("\\\\", "\\")
        mended = changed(
            NOTES,
            ("properties/day", {"type": "string", "pattern": pattern}),
            (SK, f"${{day}}{delimiter}${{title}}"),
        )
        clean(mended)
