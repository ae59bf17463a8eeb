from __future__ import annotations

import pytest

from tests.lint.schemas import INTEGER, NOTES, TEXT, TIME, changed, clean, codes, found

SK = "x-kx-entity/keys/sk"
GSI1PK = "x-kx-entity/indexes/GSI1/keys/GSI1PK"
GSI1SK = "x-kx-entity/indexes/GSI1/keys/GSI1SK"
NO_PATTERNS = ("x-kx-patterns", {})


@pytest.mark.parametrize(
    ("template", "name", "near"),
    [
        ("@@COLOUR#${color}", "color", "'colour'"),
        ("@@${place.cty}", "place.cty", "'place.city'"),
        ("@@${place.city.part}", "place.city.part", "'place.city'"),
    ],
)
def test_unknown_path_in_a_template(template: str, name: str, near: str) -> None:
    finding = found("KX211", changed(NOTES, NO_PATTERNS, (GSI1PK, template)))
    assert f"has no {name!r}" in finding.message
    assert f"did you mean {near}?" in finding.message


def test_unknown_path_in_a_condition_and_in_a_derived_attribute() -> None:
    when = ("x-kx-entity/indexes/GSI1/when", {"@@colr": {"present": True}})
    assert "`when` of GSI1" in found("KX211", changed(NOTES, when)).message
    derived = ("properties/label", {"type": "string", "x-kx-derive": "@@${titel}"})
    assert "did you mean 'title'?" in found("KX211", changed(NOTES, derived)).message
    clean(changed(NOTES, ("properties/label", {"type": "string", "x-kx-derive": "${title}"})))


def test_free_names_below_a_map_are_known() -> None:
    free = {"type": "object", "additionalProperties": TEXT}
    clean(
        changed(
            NOTES,
            ("properties/place", free),
            (GSI1PK, "${place.anything}"),
            NO_PATTERNS,
            ("x-kx-table/indexes", {}),
            ("x-kx-entity/indexes", {}),
        )
    )
    assert "KX211" not in codes(
        changed(NOTES, ("properties/place", free), (GSI1PK, "${place.anything}"), NO_PATTERNS)
    )


@pytest.mark.parametrize(
    ("shape", "template", "reason"),
    [
        ({"type": "array", "items": TEXT}, "@@${x}", "no single value"),
        ({"type": "object", "properties": {"a": TEXT}}, "@@${x}", "no single value"),
        ({"type": "string", "x-kx-type": "B"}, "@@A#${x}", "binary"),
        ({"type": "null"}, "@@${x}", "always null"),
        ({"type": "boolean"}, "@@${x|pad:3}", "pad takes no boolean"),
        (INTEGER, "@@${x|date:day}", "date takes no integer"),
        (TIME, "@@${x|e164}", "e164 takes no timestamp"),
    ],
)
def test_a_source_that_does_not_fit(shape: dict, template: str, reason: str) -> None:
    bad = changed(NOTES, NO_PATTERNS, ("properties/x", shape), (GSI1PK, template))
    assert reason in found("KX212", bad).message


@pytest.mark.parametrize(
    ("shape", "template"),
    [(INTEGER, "${x}"), ({"type": "boolean"}, "${x|lower}"), (TIME, "${x|date:day}"), ({}, "${x}")],
)
def test_a_source_that_fits(shape: dict, template: str) -> None:
    good = changed(NOTES, NO_PATTERNS, ("properties/x", shape), (GSI1PK, template))
    assert "KX212" not in codes(good)


def test_optional_source_of_the_primary_key() -> None:
    place = ("x-kx-entity/keys/pk", "@@NOTE#${owner}")
    bad = changed(NOTES, ("required", ["day", "title", "written"]), place)
    assert "Note can be without 'owner'" in found("KX213", bad).message
    nullable = {"type": ["string", "null"], "pattern": "^[^#]+$"}
    found("KX213", changed(NOTES, ("properties/owner", nullable), place))


@pytest.mark.parametrize(
    "owner",
    [
        {"type": "string", "format": "ulid", "x-kx-generate": "ulid"},
        {"type": "string", "default": "me", "pattern": "^[^#]+$"},
    ],
)
def test_what_kxmodel_makes_is_always_there(owner: dict) -> None:
    clean(changed(NOTES, ("required", ["day", "title", "written"]), ("properties/owner", owner)))


def test_the_time_of_a_ulid_is_always_there() -> None:
    clean(
        changed(
            NOTES,
            ("required", ["owner", "day", "title"]),
            ("properties/id", {"type": "string", "x-kx-generate": {"ulid": {"time": "written"}}}),
        )
    )


def test_a_source_inside_an_optional_map_is_optional() -> None:
    place = {"type": "object", "properties": {"city": TEXT}, "required": ["city"]}
    bad = changed(
        NOTES,
        ("properties/place", place),
        (SK, "@@${day}#${place.city}"),
        ("x-kx-patterns/of_day/range", None),
    )
    found("KX213", bad)
    good = changed(
        bad,
        (SK, "${day}#${place.city}"),
        ("required", ["owner", "day", "title", "written", "place"]),
    )
    clean(good)


def test_a_sort_key_that_items_get_lost_by() -> None:
    optional = ("required", ["owner", "day", "title"])
    bad = changed(NOTES, optional, (GSI1SK, "@@${written}"))
    finding = found("KX214", bad)
    assert "without 'written' silently drops out of GSI1" in finding.message
    assert "${written|default:...}" in finding.fix
    for good in (
        ("x-kx-entity/indexes/GSI1/when", {"written": {"present": True}}),
        (GSI1SK, "${written|default:1970-01-01T00:00:00.000Z}"),
        (GSI1PK, "${colour}#${written|date:day}"),
    ):
        assert "KX214" not in codes(changed(NOTES, optional, NO_PATTERNS, good))
    clean(NOTES)  # `colour` is optional as well: notes without one are not in the index by colour


def test_a_number_takes_no_default() -> None:
    number = (
        ("x-kx-table/indexes/GSI1", {"hash": "GSI1PK", "range": {"name": "pages", "type": "N"}}),
        (GSI1SK, None),
        ("x-kx-entity/indexes/GSI1", {"@@keys": {"GSI1PK": "${colour}"}}),
    )
    assert "default" not in found("KX214", changed(NOTES, *number)).fix


def test_a_local_index_is_sparse_by_its_sort_key() -> None:
    clean(
        changed(
            NOTES,
            ("x-kx-table/indexes/LSI1", {"hash": "pk", "range": "colour", "local": True}),
            ("x-kx-entity/indexes/LSI1", {}),
            ("x-kx-patterns/coloured", {"question": "?", "index": "LSI1", "given": ["owner"]}),
        )
    )


def test_a_template_over_a_derived_attribute() -> None:
    derive = {"type": "string", "x-kx-derive": "${day}/${title}"}
    base = changed(NOTES, NO_PATTERNS, ("properties/label", derive))
    over = {"type": "string", "x-kx-derive": "@@${label}!"}
    assert (
        "'label', derived as well" in found("KX215", changed(base, ("properties/z", over))).message
    )
    key = {"type": "string", "x-kx-derive": "@@${GSI1PK}!"}
    found("KX215", changed(base, ("properties/z", key)))
    circle = {"type": "string", "x-kx-derive": "@@${z}!"}
    assert "made of itself" in found("KX215", changed(base, ("properties/z", circle))).message
    found("KX215", changed(base, (GSI1PK, "@@${label}")))
    assert "KX215" not in codes(changed(base, (GSI1PK, "${day}/${title}")))


@pytest.mark.parametrize(
    ("shape", "template"),
    [
        ({**TIME, "x-kx-generate": "updated"}, "@@${day}#${at}"),
        ({**INTEGER, "x-kx-generate": "version"}, "@@${day}#${at|pad:9}"),
    ],
)
def test_a_primary_key_that_every_write_moves(shape: dict, template: str) -> None:
    no_range = ("x-kx-patterns/of_day/range", None)
    bad = changed(NOTES, ("properties/at", shape), (SK, template), no_range)
    assert "by every write of Note" in found("KX219", bad).message
    created = {**TIME, "x-kx-generate": "created"}
    clean(changed(NOTES, ("properties/at", created), (SK, "${day}#${at}"), no_range))
