from __future__ import annotations

import pytest

from kxmodel.docs.pictures.flow import flow
from tests.docs.pictures.drawn import SVG, desc, read, texts, within
from tests.emit.designs import NAMES, design


def test_what_is_in_an_index_and_when() -> None:
    _, messages, _ = design("kxgen")
    root = read(flow(messages, "a"))
    assert "only if it has lead_id" in texts(root)
    assert "GSI2PK = ${lead_id}" in texts(root)
    assert "holds Message if it has lead_id" in desc(root)


def test_ways_into_sparse_indexes_are_dashed() -> None:
    (shop,) = design("shop")
    root = read(flow(shop, "a"))
    ways = [e.get("class") or "" for e in root.iter(f"{SVG}path")]
    ways = [each for each in ways if "kx-way" in each]
    entries = sum(1 + len(entity.indexes) for entity in shop.entities)
    assert len(ways) == entries
    assert sum("kx-dash" in each for each in ways) == 3
    assert 'only if status is "placed" or "paid" and it has warehouse' in texts(root)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_lies_outside(name: str) -> None:
    for table in design(name):
        root = read(flow(table, "a"))
        assert within(root)
        for index in table.indexes:
            assert index.name in texts(root)
