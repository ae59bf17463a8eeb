from __future__ import annotations

import pytest

from tests.lint.schemas import ID, NOTES, SHOP, changed, clean, codes, found


def test_an_index_that_nothing_fills() -> None:
    empty = {"hash": "GSI2PK"}
    bad = changed(NOTES, ("x-kx-table/indexes/@@GSI2", empty))
    assert "no entity has keys for GSI2" in found("KX241", bad).message
    good = changed(
        NOTES,
        ("x-kx-table/indexes/GSI2", empty),
        ("x-kx-entity/indexes/GSI2", {"keys": {"GSI2PK": "${title}"}}),
        ("x-kx-patterns/titled", {"question": "?", "index": "GSI2", "given": ["title"]}),
    )
    clean(good)


def test_an_index_that_nobody_reads() -> None:
    bad = changed(
        NOTES,
        ("x-kx-table/indexes/@@GSI1", NOTES["x-kx-table"]["indexes"]["GSI1"]),
        ("x-kx-patterns/of_colour", None),
    )
    assert "no access pattern reads GSI1" in found("KX242", bad).message


def test_an_entity_that_no_pattern_returns() -> None:
    extra = {
        "type": "object",
        "@@x-kx-entity": {"name": "Extra", "keys": {"PK": "EXTRA#${id}", "SK": "EXTRA"}},
        "required": ["id"],
        "properties": {"id": ID},
    }
    assert "returns Extra" in found("KX243", changed(SHOP, ("$defs/Extra", extra))).message


def test_the_same_question_twice() -> None:
    again = {"question": "Again?", "given": ["day", "owner"], "limit": 7, "range": "title"}
    bad = changed(NOTES, ("x-kx-patterns/@@again", again))
    assert "asks what 'of_day' asks already" in found("KX244", bad).message
    clean(changed(NOTES, ("x-kx-patterns/back", {**again, "order": "descending"})))


@pytest.mark.parametrize(
    ("path", "test"),
    [
        ("colour", {"equals": "blue"}),
        ("colour", {"in": ["blue", 1]}),
        ("done", {"equals": 1}),
        ("pages", {"equals": "3"}),
        ("title", {"equals": True}),
        ("rank", {"equals": True}),
    ],
)
def test_a_condition_that_never_holds(path: str, test: dict) -> None:
    shapes = (
        ("properties/done", {"type": "boolean"}),
        ("properties/rank", {"type": "integer", "enum": [0, 1]}),
    )
    when = "x-kx-entity/indexes/GSI1/when"
    assert (
        "Note is never in GSI1"
        in found("KX245", changed(NOTES, *shapes, (f"{when}/@@{path}", test))).message
    )
    for good in (
        {"colour": {"in": ["blue", "red"]}},
        {"done": {"equals": False}},
        {"pages": {"equals": 3}},
        {"rank": {"equals": 1}},
        {"title": {"equals": "x"}},
        {"title": {"present": True}},
    ):
        assert "KX245" not in codes(changed(NOTES, *shapes, (when, good)))
