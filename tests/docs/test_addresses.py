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


def test_anchors_and_pages_of_names_that_are_alike_keep_apart() -> None:
    (shop,) = design("shop")
    one = shop.entities[0].attributes[0]
    attributes = tuple(replace(one, name=name) for name in ("a", "x", "item-x", "item_x", "X"))
    names = ("Order", "OrderItem", "Order_Item", "Order2")
    entities = tuple(replace(shop.entities[0], name=n, attributes=attributes) for n in names)
    structures = tuple(
        replace(shop.structures[0], name=n, attributes=attributes) for n in (*names, "Entity")
    )
    indexes = tuple(replace(shop.indexes[0], name=name) for name in ("GSI-1", "gsi_1", "gsi-1-2"))
    patterns = tuple(
        replace(shop.patterns[0], entity=entity, name=name)
        for entity, name in (("Order", "a"), ("Order", "a_"), ("Order", "a_2"), ("Order_A", "x"))
    )
    table = replace(shop, entities=entities, structures=structures, indexes=indexes,
                    patterns=patterns)  # fmt: skip
    anchors = [at.entity_anchor(table, each) for each in entities]
    anchors += [at.structure_anchor(table, each) for each in structures]
    anchors += [at.index_anchor(table, each) for each in indexes]
    anchors += [
        at.attribute_anchor(table, owner, each.name)
        for owner in (*entities, *structures)
        for each in attributes
    ]
    assert len(set(anchors)) == len(anchors)
    assert len({at.pattern_page(table, each) for each in patterns}) == len(patterns)


def test_tables_whose_modules_keep_apart_have_pages_that_do() -> None:
    """Others cannot be in one project (KX150)."""
    (shop,) = design("shop")
    names = ("a.b", "ab-", "ab", "AbC")
    assert len({at.table_page(replace(shop, name=name)) for name in names}) == len(names)


def test_a_link_is_relative() -> None:
    (shop,) = design("shop")
    here = at.attributes_page(shop)
    assert at.to(here, at.table_picture(shop)) == "table.svg"
    assert at.to(at.START, at.LINKS_PICTURE) == "tables/links.svg"
