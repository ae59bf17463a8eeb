"""What an item becomes by an update is told without changing, or copying, the item."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pynamodb.expressions.operand import Path, Value
from pynamodb.expressions.update import RemoveAction, SetAction

from kxmodel.runtime.update.changes import read_changes
from kxmodel.runtime.update.evaluate import NotComputable, apart, apply

names = st.sampled_from(["a", "b", "c"])
steps = st.one_of(names, st.integers(0, 2))
paths = st.tuples(names, st.lists(steps, max_size=3)).map(lambda path: (path[0], *path[1]))
values: st.SearchStrategy[dict[str, Any]] = st.recursive(
    st.sampled_from([{"S": "x"}, {"N": "1"}, {"SS": ["x"]}, {"NULL": True}]),
    lambda inner: st.one_of(
        st.dictionaries(names, inner, max_size=3).map(lambda members: {"M": members}),
        st.lists(inner, max_size=3).map(lambda elements: {"L": elements}),
    ),
    max_leaves=8,
)
items = st.dictionaries(names, values, max_size=3)


def path_of(steps: tuple[str | int, ...]) -> Path:
    made = Path([str(steps[0])])
    for step in steps[1:]:
        made = made[step]
    return made


def actions_of(drawn: list[tuple[str, tuple[str | int, ...], Any]]) -> list[Any]:
    made: list[Any] = []
    for kind, path, value in drawn:
        match kind:
            case "set":
                made.append(SetAction(path_of(path), Value(value)))
            case "copy":
                made.append(SetAction(path_of(path), Path(["b"])))
            case _:
                made.append(RemoveAction(path_of(path)))
    return made


@given(
    items,
    st.lists(st.tuples(st.sampled_from(["set", "copy", "remove"]), paths, values), max_size=3),
)
def test_the_item_stays_as_it_was(
    item: dict[str, Any], drawn: list[tuple[str, tuple[str | int, ...], Any]]
) -> None:
    changes = read_changes(actions_of(drawn))
    before = deepcopy(item)
    try:
        after = apply(changes, item)
    except NotComputable:
        after = None
    assert item == before
    if after is not None:
        touched = {change.path[0] for change in changes}
        assert {n: v for n, v in after.items() if n not in touched} == {
            n: v for n, v in item.items() if n not in touched
        }


@given(items, st.lists(paths, max_size=3))
def test_a_copy_is_equal_and_its_own_on_the_way(
    item: dict[str, Any], wanted: list[tuple[str | int, ...]]
) -> None:
    before = deepcopy(item)
    copied = apart(item, wanted)
    assert copied == item
    for path in wanted:
        inside: Any = copied
        for part in path[:-1]:
            fits = isinstance(inside, dict) is isinstance(part, str)
            if not fits or (part not in inside if isinstance(part, str) else part >= len(inside)):
                break
            value = inside[part]
            if not ("M" in value or "L" in value):
                break
            (inside,) = value.values()
            inside.clear()
            break
    assert item == before


def test_what_no_change_is_inside_of_is_not_copied() -> None:
    item: dict[str, Any] = {"a": {"M": {"b": {"L": []}}}, "b": {"M": {}}, "c": {"L": [{"M": {}}]}}
    after = apply(read_changes([SetAction(path_of(("a", "c")), Value({"N": "1"}))]), item)
    assert after["a"]["M"]["c"] == {"N": "1"}
    assert after["a"]["M"]["b"] is item["a"]["M"]["b"]
    assert after["b"] is item["b"]
    assert "c" not in item["a"]["M"]


@pytest.mark.parametrize("path", [("a", "b", "c"), ("a", 0, "b"), ("a", 5, 0), ("z", 0, 0)])
def test_a_way_that_leads_nowhere(path: tuple[str | int, ...]) -> None:
    item: dict[str, Any] = {"a": {"L": [{"S": "x"}]}}
    assert apart(item, [path]) == item


def test_what_was_copied_by_another_change_is_not_shared() -> None:
    item: dict[str, Any] = {"b": {"M": {"c": {"M": {}}}}}
    literal = {"M": {"d": {"M": {}}}}
    actions = actions_of(
        [
            ("copy", ("a",), None),
            ("set", ("a", "c", "x"), {"N": "1"}),
            ("set", ("e",), literal),
            ("set", ("e", "d", "x"), {"N": "1"}),
        ]
    )
    after = apply(read_changes(actions), item)
    assert after["a"] == {"M": {"c": {"M": {"x": {"N": "1"}}}}}
    assert after["e"] == {"M": {"d": {"M": {"x": {"N": "1"}}}}}
    assert item == {"b": {"M": {"c": {"M": {}}}}}
    assert literal == {"M": {"d": {"M": {}}}}
