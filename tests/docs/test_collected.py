from __future__ import annotations

import base64
from dataclasses import replace

from kxmodel.docs.collected import collected, named
from kxmodel.docs.worked import worked
from kxmodel.ir import KeyAttribute
from tests.emit.designs import design


def test_as_dynamodb_sorts() -> None:
    (shop,) = design("shop")
    index = shop.index("LSI1")
    inside = [item for item in worked(shop) if item.is_in(index)]
    ((key, members),) = collected(inside, index.hash, index.range)
    assert named(index.hash, key) == "PK = CUSTOMER#c-ada"
    assert [item.plain["total"] for item in members] == [0, 24.5, 75.48]


def test_binary_keys_are_sorted_by_their_bytes() -> None:
    """As base64 text "+g==" stands before "AA==", and "zw==" behind it."""
    (shop,) = design("shop")
    texts = [base64.b64encode(bytes([n])).decode() for n in (0, 62, 207, 250)]
    (item,) = worked(shop)[:1]
    items = [replace(item, plain={"PK": "x", "SK": text}) for text in reversed(texts)]
    key = KeyAttribute("SK", "B")
    ((_, members),) = collected(items, shop.keys[:1], (key,))
    assert [each.plain["SK"] for each in members] == texts


def test_each_item_lies_in_one_collection() -> None:
    (shop,) = design("shop")
    items = worked(shop)
    groups = collected(items, shop.keys[:1], shop.keys[1:])
    assert sorted(id(i) for _, members in groups for i in members) == sorted(map(id, items))
    assert [key for key, _ in groups] == sorted({(str(i.plain["PK"]),) for i in items})
