from __future__ import annotations

from kxmodel.docs.pictures.lanes import lanes, layers


def test_one_line_is_one_lane() -> None:
    assert lanes({"a": (), "b": ("a",), "c": ("b",)}) == {"a": 0, "b": 0, "c": 0}


def test_a_branch_gets_a_lane_and_gives_it_back() -> None:
    found = lanes({"a": (), "b": ("a",), "c": ("a",), "d": ("b", "c"), "e": ("a",), "f": ("d",)})
    assert found["b"] == found["d"] == found["f"] == 0
    assert found["c"] == 1
    assert found["e"] == 1


def test_branches_side_by_side_never_share_a_lane() -> None:
    found = lanes(
        {"a": (), "b": ("a",), "c": ("a",), "b2": ("b",), "c2": ("c",), "d": ("b2", "c2")}
    )
    assert found["b"] == found["b2"] != found["c"] == found["c2"]


def test_what_follows_the_unknown_stands_for_itself() -> None:
    assert lanes({"b": ("gone",)}) == {"b": 0}


def test_layers_lie_below_all_parents() -> None:
    parents = {"line": ("order", "product"), "order": ("customer",)}
    found = layers(["line", "order", "product", "customer"], parents)
    assert found == {"line": 2, "order": 1, "product": 0, "customer": 0}


def test_a_circle_ends() -> None:
    found = layers(["a", "b"], {"a": ("b",), "b": ("a",)})
    assert set(found) == {"a", "b"}
