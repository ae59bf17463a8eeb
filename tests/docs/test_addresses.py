from __future__ import annotations

from dataclasses import replace

from kxmodel.docs import addresses as at
from tests.emit.designs import design


def test_pictures_of_names_that_are_alike_keep_apart() -> None:
    (shop,) = design("shop")
    entities = tuple(
        replace(shop.entities[0], name=name) for name in ("OrderLine", "Order_Line", "X")
    )
    indexes = tuple(replace(shop.indexes[0], name=name) for name in ("GSI-1", "gsi_1", "gsi-1-2"))
    table = replace(shop, entities=entities, indexes=indexes)
    assert len({at.keys_picture(table, each) for each in entities}) == 3
    assert len({at.collections_picture(table, each) for each in indexes}) == 3


def test_a_link_is_relative() -> None:
    (shop,) = design("shop")
    here = at.attributes_page(shop)
    assert at.to(here, at.table_picture(shop)) == "table.svg"
    assert at.to(at.START, at.LINKS_PICTURE) == "tables/links.svg"
