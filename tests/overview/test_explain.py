from __future__ import annotations

from pathlib import Path

import pytest

from kxmodel.dialect import read_folder
from kxmodel.overview import readings

ROOT = Path(__file__).parents[2]
TABLES = read_folder(ROOT / "schemas")


def places(key: str) -> list[tuple[str, str | None, str]]:
    return [(r.table, r.index, r.attribute) for r in readings(TABLES, key)]


def examples():
    for table in TABLES:
        for entity in table.entities:
            templates = [(None, entity.keys), *((i.index, i.keys) for i in entity.indexes)]
            for example in entity.examples:
                for index, keys in templates:
                    for attribute in keys:
                        if attribute in example:
                            yield table.name, index, attribute, example


@pytest.mark.parametrize(("table", "index", "attribute", "example"), list(examples()))
def test_every_key_of_every_example_is_recognised(table, index, attribute, example):
    assert (table, index, attribute) in places(example[attribute])


def test_the_likeliest_comes_first():
    assert places("active#2024-01-15T10:30:00.000Z")[0] == ("personas", "GSI1", "GSI1SK")
    assert places("TEMPLATE#fitness")[0] == ("personas", "GSI2", "GSI2PK")
    assert places("tenant123#+1234567890")[0] == ("leads", "GSI1", "GSI1PK")


def test_what_the_schema_refuses_is_no_reading():
    assert ("leads", "GSI1", "GSI1PK") not in places("tenant123#+12")
    assert ("personas", "GSI1", "GSI1SK") not in places("enabled#2024-01-15T10:30:00.000Z")
    assert ("personas", "GSI1", "GSI1SK") not in places("active#yesterday")
    assert ("messages", None, "ts") not in places("01HKQR5J9X8M2N3P4Q5R6S7T8U")


def test_lossy_sources_are_named():
    (found,) = [r for r in readings(TABLES, "000000042.5000") if r.attribute == "GSI2SK"]
    assert found.sources == {"popularityScore": "42.5"}
    assert found.lossy == ("popularityScore",)


def test_constants():
    assert places("PHONE_LOOKUP")[0] == ("leads", "GSI1", "GSI1SK")


@pytest.mark.parametrize("key", ["", "#", "##", "\x00", "${tenantId}", "é" * 3000, "TEMPLATE#"])
def test_odd_keys_raise_nothing(key):
    readings(TABLES, key)
