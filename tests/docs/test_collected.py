from __future__ import annotations

from kxmodel.docs.collected import collected, named
from kxmodel.docs.worked import worked
from tests.emit.designs import design


def test_as_dynamodb_sorts() -> None:
    (shop,) = design("shop")
    index = shop.index("LSI1")
    inside = [item for item in worked(shop) if item.is_in(index)]
    ((key, members),) = collected(inside, index.hash, index.range)
    assert named(index.hash, key) == "PK = CUSTOMER#c-ada"
    assert [item.plain["total"] for item in members] == [0, 24.5, 75.48]


def test_each_item_lies_in_one_collection() -> None:
    (shop,) = design("shop")
    items = worked(shop)
    groups = collected(items, shop.keys[:1], shop.keys[1:])
    assert sorted(id(i) for _, members in groups for i in members) == sorted(map(id, items))
    assert [key for key, _ in groups] == sorted({(str(i.plain["PK"]),) for i in items})
