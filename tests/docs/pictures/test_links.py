from __future__ import annotations

from dataclasses import replace

import pytest

from kxmodel.docs.pictures.links import links
from tests.docs.pictures.drawn import SVG, desc, read, texts, within
from tests.emit.designs import NAMES, design


def test_who_names_whom() -> None:
    root = read(links(design("kxgen"), "a"))
    assert "Message of messages names Lead of leads by tenantId and email_lc." in desc(root)
    assert "names Lead of leads by lead_id, where it has it." in desc(root)
    assert "Persona of personas names no other entity." in desc(root)
    assert {"tenantId + email_lc", "lead_id", "table personas"} <= set(texts(root))


def test_optional_links_are_dashed() -> None:
    root = read(links(design("kxgen"), "a"))
    ways = [
        e.get("class") or "" for e in root.iter(f"{SVG}path") if "kx-way" in (e.get("class") or "")
    ]
    assert [("kx-dash" in each) for each in ways] == [False, True]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_lies_outside_and_no_card_on_another(name: str) -> None:
    root = read(links(design(name), "a"))
    assert within(root)
    cards = [
        tuple(float(e.get(n, 0)) for n in ("x", "y", "width", "height"))
        for e in root.iter(f"{SVG}rect")
        if e.get("class") == "kx-card"
    ]
    assert len(cards) == sum(len(table.entities) for table in design(name))
    for x, y, w, h in cards:
        for x2, y2, w2, h2 in cards:
            apart = x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
            assert apart or (x, y) == (x2, y2)


def test_sixty_tables() -> None:
    leads, *_ = design("kxgen")
    many = [replace(leads, name=f"t{n}") for n in range(60)]
    root = read(links(many, "a"))
    assert within(root)
    assert len([t for t in texts(root) if t.startswith("table t")]) == 60
