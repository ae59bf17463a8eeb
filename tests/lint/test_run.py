from __future__ import annotations

from pathlib import Path

import pytest

from kxmodel.dialect import read_folder
from kxmodel.errors import CODES
from kxmodel.lint import RULES, lint_tables
from tests.lint.schemas import ID, NOTES, SHOP, changed, clean, lint, read

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("schema", [NOTES, SHOP], ids=["notes", "shop"])
def test_nothing_to_find(schema: dict) -> None:
    assert lint(schema) == ()
    clean(schema)


def test_every_code_has_one_rule_and_every_rule_a_code() -> None:
    codes = [rule.code for rule in RULES]
    assert sorted(set(codes)) == sorted(codes)
    assert set(codes) == {code for code in CODES if code.startswith("KX2")}
    assert all(rule.check.__doc__ for rule in RULES)


@pytest.mark.parametrize(
    "folder", ["schemas", "examples/shop/schemas", "examples/membership/schemas"]
)
def test_our_own_schemas(folder: str) -> None:
    findings = lint_tables(read_folder(ROOT / folder))
    told = {(f.code, f.table) for f in findings if f.severity != "note"}
    # Messages by lead: two tenants can share a lead id, and the stored keys are as they are.
    assert told == ({("KX233", "messages")} if folder == "schemas" else set())


def test_by_lead_says_why() -> None:
    findings = lint_tables(read_folder(ROOT / "schemas"))
    (finding,) = [f for f in findings if f.code == "KX233"]
    assert "two tenants can share a partition" in finding.message
    assert "LeadingKeys" in finding.message
    lines = (ROOT / "schemas/messages.json").read_text().splitlines()
    assert lines[finding.location.line - 1][finding.location.column - 1 :] == '"filter"'


def test_order_is_that_of_the_file_and_does_not_depend_on_that_of_the_tables() -> None:
    bad = changed(
        NOTES,
        ("x-kx-entity/keys/sk", "${day}#${pages}#${title}"),
        ("x-kx-patterns/of_day/range", None),
        ("x-kx-table/indexes/GSI9", {"hash": "day"}),
        ("x-kx-patterns/of_day/order", "descending"),
    )
    one, other = read(bad), read(changed(bad, ("x-kx-table/name", "others")))
    findings = lint_tables([one])
    assert len(findings) > 3
    assert list(findings) == sorted(findings, key=lambda f: (f.location, f.code))
    assert [f.place for f in lint_tables([one, other])] == [
        f.place for f in lint_tables([other, one])
    ]


def test_the_findings_of_one_severity() -> None:
    edits = [("x-kx-entity/keys/sk", "${day}#${pages}"), ("x-kx-patterns/of_day/range", None)]
    tables = [read(changed(NOTES, *edits))]
    tables += read_folder(ROOT / "schemas")
    every = lint_tables(tables)
    for severity in ("error", "warning", "note"):
        found = lint_tables(tables, only=severity)
        assert found == tuple(f for f in every if f.severity == severity)
        assert found


def test_what_tables_share_is_told_once() -> None:
    library = {
        "$schema": "urn:kxmodel:dialect:1",
        "$defs": {"Id": {**ID, "pattern": "^\\d+$"}},
    }
    shared = changed(NOTES, ("properties/colour", {"$ref": "types.json#/$defs/Id"}))
    one = read(shared, types=library)
    other = read(changed(shared, ("x-kx-table/name", "others")), types=library)
    (finding,) = [f for f in lint_tables([one, other]) if f.code == "KX250"]
    assert (finding.location.file, finding.table) == ("types.json", "notes")
    assert finding.pointer == "types.json#/$defs/Id/pattern"
