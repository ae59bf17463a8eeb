from __future__ import annotations

import pytest

from kxmodel.docs.pictures.anatomy import anatomy
from tests.docs.pictures.drawn import SVG, desc, read, texts, within
from tests.emit.designs import NAMES, design


def test_pieces_with_their_examples() -> None:
    leads, _, _ = design("kxgen")
    root = read(anatomy(leads, leads.entities[0], "a"))
    shown = texts(root)
    for word in ("tenantId", "tenant123", "contactInfo.phone", "+1234567890", "PHONE_LOOKUP"):
        assert word in shown
    assert "only if it has contactInfo.phone" in shown
    assert (
        "partition key contact_pk is made of tenantId, the text # and email_lc, e.g. tenant123#john"
        in desc(root)
    )


def test_one_attribute_has_one_hue_everywhere() -> None:
    (shop,) = design("shop")
    root = read(anatomy(shop, shop.entity("Order"), "a"))
    hues: dict[str, set[str]] = {}
    for group in root.iter(f"{SVG}g"):
        kind = group.find(f"{SVG}rect").get("class").split()[0]  # type: ignore[union-attr]
        hues.setdefault(texts(group)[0], set()).add(kind)
    assert all(len(kinds) == 1 for kinds in hues.values())
    assert hues["ORDER#"] == {"kx-card"}
    assert hues["orderId"] != hues["customerId"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_lies_outside(name: str) -> None:
    for table in design(name):
        for entity in table.entities:
            assert within(read(anatomy(table, entity, "a")))
