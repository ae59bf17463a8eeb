from __future__ import annotations

from dataclasses import replace

import pytest

from kxmodel import ir
from kxmodel.docs.least import least_size
from kxmodel.docs.worked import worked
from kxmodel.emit.samples.population import populate
from kxmodel.ir.items import dynamodb_json
from kxmodel.values import item_size
from tests.emit.designs import design
from tests.emit.tables import small


@pytest.mark.parametrize("name", ["kxgen", "shop", "membership"])
def test_no_item_is_smaller(name: str) -> None:
    tables = design(name)
    made = populate(tables, 30, "sizes")
    for table in tables:
        for item in worked(table):
            assert least_size(table, item.entity) <= item.size
        for entity in table.entities:
            sizes = [
                item_size(dynamodb_json(table, entity, item))  # type: ignore[arg-type]
                for item in made[table.name, entity.name]
            ]
            assert least_size(table, entity) <= min(sizes)


def test_counted_by_hand() -> None:
    (shop,) = design("shop")
    line = shop.entity("OrderLine")
    keys = len("PKPRODUCT#xSKORDER#") + 26
    given = len("sku") + 1 + len("orderId") + 26 + len("name") + 1 + len("quantity") + 1
    assert least_size(shop, line) >= keys + given
    assert least_size(shop, line) <= keys + given + len("unitPricecurrency") + 8


def test_structures_that_demand_themselves_or_each_other_twice_are_counted_in_time() -> None:
    def structure(name: str, *of: str) -> ir.Structure:
        members = [
            ir.Attribute(f"m{n}", f"m{n}", ir.MapOf(o), required=True) for n, o in enumerate(of)
        ]
        return ir.Structure(name, tuple(members))

    tower = [structure(f"S{n}", f"S{n + 1}", f"S{n + 1}") for n in range(60)]
    top = ir.Attribute("top", "top", ir.MapOf("S0"), required=True)
    thing = small(structures=(*tower, structure("S60", "S60")))
    (entity,) = thing.entities
    entity = replace(entity, attributes=(*entity.attributes, top))
    assert least_size(replace(thing, entities=(entity,)), entity) > 2**60
