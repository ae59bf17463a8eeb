from __future__ import annotations

import json
from pathlib import Path

from kxmodel.dialect import read_folder
from kxmodel.overview import summary

ROOT = Path(__file__).parents[2]


def test_a_summary_is_json_and_complete():
    for folder in ("schemas", "examples/shop/schemas", "examples/membership/schemas"):
        for table in read_folder(ROOT / folder):
            told = json.loads(json.dumps(summary(table)))
            assert [index["name"] for index in told["indexes"]] == [i.name for i in table.indexes]
            assert [one["name"] for one in told["patterns"]] == [p.name for p in table.patterns]
            assert [one["name"] for one in told["entities"]] == [e.name for e in table.entities]


def test_an_index_says_who_fills_it():
    tables = {t.name: summary(t) for t in read_folder(ROOT / "schemas")}
    phone = tables["leads"]["indexes"][0]
    assert phone["filled_by"]["Lead"]["GSI1PK"] == "${tenantId}#${contactInfo.phone}"
    assert phone["projection"] == "ALL"
