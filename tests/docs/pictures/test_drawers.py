from __future__ import annotations

from kxmodel.docs.pictures.drawers import Drawer, Lying, drawers
from tests.docs.pictures.drawn import SVG, desc, read, texts, within


def picture(*shown: Drawer, sort: str = "SK") -> str:
    return drawers("shop", sort, shown, ["Customer", "Order"], "a")


def drawer(key: str, *items: str) -> Drawer:
    return Drawer(f"PK = {key}", tuple(Lying("Order", item) for item in items))


def test_items_lie_below_their_partition_key_in_order() -> None:
    root = read(picture(drawer("1", "A", "B"), drawer("2", "C")))
    assert within(root)
    shown = texts(root)
    assert shown[:5] == ["PK = 1", "Order", "A", "Order", "B"]
    assert shown[-1] == "In each: one partition key, in the order of SK."
    assert desc(root) == "PK = 1: Order A, Order B. PK = 2: Order C."


def test_what_is_not_drawn_is_counted() -> None:
    many = [drawer(str(n), *(f"{m}" for m in range(9))) for n in range(8)]
    root = read(picture(*many))
    assert within(root)
    assert texts(root).count("and 3 more") == 6
    assert "2 more collections are not drawn" in texts(root)[-1]


def test_long_sort_keys_are_whole_as_long_as_the_picture_is_wide_enough() -> None:
    key = "ORDER#01HQZ73ZH04X9T2N6WAB7CDEFG"
    assert key in texts(read(picture(drawer("1", key), drawer("2", "x"))))
    cut = texts(read(picture(drawer("1", "x" * 300))))
    assert any(each.endswith("…") for each in cut)


def test_no_sort_key() -> None:
    root = read(picture(drawer("1", ""), sort=""))
    assert within(root)
    assert len(list(root.iter(f"{SVG}rect"))) == 3


def test_the_line_below_is_whole_however_little_is_drawn() -> None:
    root = read(picture(drawer("1", "A"), sort="GSI1SK"))
    assert within(root)
    assert texts(root)[-1] == "In each: one partition key, in the order of GSI1SK."
