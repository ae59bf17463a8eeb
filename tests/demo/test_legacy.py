"""Items as an older program left them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kxmodel.demo.legacy import legacy_items
from kxmodel.dialect import read_folder
from kxmodel.keys import render
from kxmodel.report import Judge
from kxmodel.report.reading import Item
from kxmodel.values import MAX_PARTITION_KEY_BYTES, item_from_json

ROOT = Path(__file__).parents[2]
TABLES = {table.name: table for table in read_folder(ROOT / "schemas", ROOT)}
OTHERS = [
    table
    for design in ("shop", "membership")
    for table in read_folder(ROOT / "examples" / design / "schemas", ROOT)
]


def items(table, count=600, seed=1):
    (entity,) = table.entities
    return list(legacy_items(table, entity, count, seed))


@pytest.mark.parametrize("table", [*TABLES.values(), *OTHERS], ids=lambda table: table.name)
def test_each_has_a_primary_key_of_its_own_and_no_index_key(table):
    for entity in table.entities:
        made = list(legacy_items(table, entity, 300))
        assert len(made) == 300 or (table in OTHERS and 10 < len(made) < 300)
        keys = {tuple(item[key.name] for key in table.keys) for item in made}
        assert len(keys) == len(made)
        for item in made:
            item_from_json(item)
            assert {n: render(t, item) for n, t in entity.keys.items()} == {
                n: item[n] for n in entity.keys
            }
            for filled in entity.indexes:
                for name, template in filled.keys.items():
                    if template.sources != (name,) and name not in entity.keys:
                        assert name not in item


def test_a_seed_gives_the_same_items_and_another_one_others():
    table = TABLES["messages"]
    assert items(table) == items(table)
    assert items(table, seed=2) != items(table)


def test_there_are_many_tenants_of_different_size():
    tenants = [item["tenantId"] for item in items(TABLES["leads"])]
    sizes = sorted((tenants.count(tenant) for tenant in set(tenants)), reverse=True)
    assert len(sizes) >= 8
    assert sizes[0] > 3 * sizes[-1]


def test_the_messages_of_a_contact_are_one_item_collection():
    contacts = [item["contact_pk"] for item in items(TABLES["messages"])]
    assert len(set(contacts)) < len(contacts) / 4


def test_some_are_bad_and_each_kind_of_flaw_is_there():
    leads = items(TABLES["leads"], 3000)
    phones = [lead["contactInfo"].get("phone") for lead in leads]
    assert any(isinstance(phone, list) for phone in phones)
    assert any(isinstance(p, str) and len(p) > MAX_PARTITION_KEY_BYTES for p in phones)
    assert any(isinstance(p, str) and "(" in p for p in phones)
    assert any(isinstance(p, str) and not p.startswith("+") for p in phones)
    assert None in phones
    assert any(lead["email_lc"] != lead["email_lc"].lower() for lead in leads)


def test_most_are_good_apart_from_their_index_keys():
    table = TABLES["messages"]
    judge = Judge(table)
    codes = [
        {finding.code for finding in judge.judge(Item(one, None, 0), "x").findings}
        for one in items(table)
    ]
    bad = [found for found in codes if "KX660" in found]
    assert 0 < len(bad) < len(codes) / 20


def test_the_examples_come_first_as_they_are():
    table = TABLES["leads"]
    (entity,) = table.entities
    first = items(table, 1)[0]
    assert first == {n: v for n, v in entity.examples[0].items() if not n.startswith("GSI")}
