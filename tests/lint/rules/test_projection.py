from __future__ import annotations

import pytest

from tests.lint.schemas import NOTES, SHOP, TEXT, changed, clean, found

ALL_BUT_PAGES = ["colour", "written", "owner", "day", "title", "place"]


def test_attributes_left_out() -> None:
    bad = changed(
        NOTES,
        ("x-kx-table/indexes/GSI1/projection", ALL_BUT_PAGES),
        ("x-kx-patterns/of_colour/index", "@@GSI1"),
    )
    finding = found("KX207", bad)
    assert "Note without 'pages', which is not projected into GSI1" in finding.message
    clean(changed(NOTES, ("x-kx-table/indexes/GSI1/projection", [*ALL_BUT_PAGES, "pages"])))
    clean(changed(NOTES, ("x-kx-table/indexes/GSI1/projection", "ALL")))


def test_keys_only() -> None:
    bad = changed(
        NOTES,
        ("x-kx-table/indexes/GSI1/projection", "KEYS_ONLY"),
        ("x-kx-patterns/of_colour/index", "@@GSI1"),
    )
    message = found("KX207", bad).message
    assert "'owner'" in message
    assert "'pk'" not in message
    assert "'GSI1SK'" not in message


@pytest.mark.parametrize("path", ["pages", "place.city"])
def test_a_filter_on_what_is_left_out(path: str) -> None:
    names = [name for name in (*ALL_BUT_PAGES, "pages") if name != path.split(".")[0]]
    bad = changed(
        NOTES,
        ("x-kx-table/indexes/GSI1/projection", names),
        ("x-kx-patterns/of_colour/index", "@@GSI1"),
        ("x-kx-patterns/of_colour/given", ["colour", path]),
        ("x-kx-patterns/of_colour/filter", [path]),
    )
    assert f"compares {path!r}" in found("KX208", bad).message
    clean(
        changed(
            bad,
            ("x-kx-table/indexes/GSI1/projection", "ALL"),
            ("x-kx-patterns/of_colour/index", "GSI1"),
        )
    )


def test_recognition_by_what_is_left_out() -> None:
    entity = "$defs/Order/x-kx-entity"
    bad = changed(
        SHOP,
        ("$defs/Order/properties/type", {"const": "order"}),
        ("$defs/Order/required", ["customer", "number", "state", "type"]),
        (f"{entity}/recognise", {"equals": {"type": "order"}}),
        ("x-kx-table/indexes/GSI1/projection", ["state", "customer", "number"]),
        ("x-kx-patterns/sold/index", "@@GSI1"),
    )
    assert "recognised by 'type'" in found("KX208", bad).message
    projected = ["state", "customer", "number", "type"]
    clean(
        changed(
            bad,
            ("x-kx-table/indexes/GSI1/projection", projected),
            ("x-kx-patterns/sold/index", "GSI1"),
        )
    )


def test_unknown_name() -> None:
    bad = changed(
        NOTES,
        ("properties/title", TEXT),
        ("x-kx-table/indexes/GSI1/projection", [*ALL_BUT_PAGES, "@@pagez", "pages"]),
    )
    assert "did you mean 'pages'?" in found("KX262", bad).message
