from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import BackfillError
from kxmodel.migrate.tasks import TransformAttribute
from tests.migrate.tasks.test_keys import applied

if TYPE_CHECKING:
    from collections.abc import Callable


def transform(function: Callable[[Any], Any], version: str | None = None) -> TransformAttribute:
    return TransformAttribute("t", function, ("a", "b"), ("a", "c"), version)


def test_changes_are_guarded_by_all_that_the_function_saw() -> None:
    made = transform(lambda item: {"a": item["a"].upper(), "c": None})
    item = {"a": {"S": "x"}, "c": {"S": "gone"}, "d": {"S": "unseen"}}
    verdict = made.judge(item)
    assert (verdict.set, verdict.remove) == ({"a": {"S": "X"}}, ("c",))
    assert verdict.guards == {("a",): {"S": "x"}, ("b",): None, ("c",): {"S": "gone"}}
    assert made.judge(applied(item, verdict)).kind == "already"


def test_an_attribute_that_is_not_there_yet_is_given() -> None:
    made = transform(lambda item: {"c": {"length": len(item["a"])}})
    verdict = made.judge({"a": {"S": "xyz"}})
    assert verdict.set == {"c": {"M": {"length": {"N": "3"}}}}
    assert verdict.guards[("c",)] is None
    assert made.judge({"a": {"S": "xyz"}, **verdict.set}).kind == "already"
    assert transform(lambda item: {"c": None}).judge({"a": {"S": "xyz"}}).kind == "already"


def test_a_function_that_is_not_idempotent_is_refused() -> None:
    verdict = transform(lambda item: {"a": item["a"] + 1}).judge({"a": {"N": "1"}})
    assert (verdict.kind, verdict.writes) == ("bad", False)
    assert verdict.problem is not None
    assert verdict.problem.code == "KX626"


@pytest.mark.parametrize(
    "function",
    [
        lambda item: 1 / 0,
        lambda item: {"a": object()},
        lambda item: {"a": float("nan")},
        lambda item: 3,
    ],
)
def test_a_function_that_fails_makes_the_item_bad(function: Callable[[Any], Any]) -> None:
    verdict = transform(function).judge({"a": {"N": "1"}})
    assert verdict.problem is not None
    assert verdict.problem.code in ("KX626", "KX627")
    assert not verdict.writes


def test_a_function_may_not_change_what_is_not_declared() -> None:
    with pytest.raises(BackfillError, match="may change a, c alone"):
        transform(lambda item: {"b": 1}).judge({"a": {"N": "1"}})


def test_a_function_cannot_change_its_input() -> None:
    def mutate(item: Any) -> None:
        item["a"]["deep"] = "changed"

    item = {"a": {"M": {"deep": {"S": "x"}}}}
    assert transform(mutate).judge(item).kind == "already"
    assert item == {"a": {"M": {"deep": {"S": "x"}}}}


def test_the_version_moves_with_a_change_and_not_without() -> None:
    made = transform(lambda item: {"a": 2}, version="v")
    verdict = made.judge({"a": {"N": "1"}, "v": {"N": "7"}})
    assert verdict.set == {"a": {"N": "2"}, "v": {"N": "8"}}
    assert verdict.guards[("v",)] == {"N": "7"}
    assert made.judge({"a": {"N": "2"}, "v": {"N": "8"}}).kind == "already"


def test_sets_stay_sets_and_other_members_keep_their_digits() -> None:
    made = transform(lambda item: {"a": {**item["a"], "tags": ["y", "x"]}})
    digits = {"N": "0.10000000000000000001"}
    verdict = made.judge({"a": {"M": {"tags": {"SS": ["z"]}, "exact": digits}}})
    assert verdict.set == {"a": {"M": {"tags": {"SS": ["x", "y"]}, "exact": digits}}}


def test_sets_and_binary_stay_what_they_are_wherever_they_are_put() -> None:
    deep = {"M": {"n": {"N": "1"}, "tags": {"SS": ["y", "x"]}, "raw": {"B": b"\x00"}}}
    every: dict[str, Any] = {"deep": {"L": [deep, {"NS": ["2", "1"]}]}, "all": {"BS": [b"b", b"a"]}}

    def count(item: Any) -> Any:
        item["a"]["deep"][0]["n"] = 2
        return item

    verdict = transform(count).judge({"a": {"M": every}})
    counted = {"M": {**deep["M"], "n": {"N": "2"}}}
    assert verdict.set == {"a": {"M": {**every, "deep": {"L": [counted, {"NS": ["2", "1"]}]}}}}

    def rename(item: Any) -> Any:
        return {"c": item["a"], "a": None} if "a" in item else None

    for value in ({"B": b"\x00"}, {"SS": ["x"]}, {"NS": ["1"]}, {"BS": [b"a"]}, deep):
        verdict = transform(rename).judge({"a": value})
        found = verdict.set["c"]
        assert in_order(found) == in_order(value)


def in_order(value: Any) -> Any:
    ((kind, content),) = value.items()
    if kind == "M":
        return {kind: {name: in_order(inner) for name, inner in content.items()}}
    return {kind: sorted(content)} if kind in ("SS", "NS", "BS") else value


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"B": b"\x00"}, "AAE="),
        ({"BS": [b"\x00"]}, ["AAE="]),
        ({"SS": ["x"]}, []),
        ({"M": {"raw": {"B": b"\x00"}}}, {"raw": "AAE="}),
    ],
)
def test_binary_is_not_made_of_text_and_no_set_is_empty(before: Any, after: Any) -> None:
    verdict = transform(lambda item: {"a": after}).judge({"a": before})
    assert not verdict.writes
    assert verdict.problem is not None
    assert verdict.problem.code == "KX627"


def test_elements_of_a_list_may_change_places() -> None:
    one, two = {"M": {"raw": {"B": b"1"}}}, {"M": {"tags": {"SS": ["t"]}}}

    def turn(item: Any) -> Any:
        return {"a": [item["a"][1], item["a"][0], "new"]} if len(item["a"]) == 2 else None

    verdict = transform(turn).judge({"a": {"L": [one, two]}})
    assert verdict.set == {"a": {"L": [two, one, {"S": "new"}]}}


@given(st.dictionaries(st.sampled_from("abc"), st.integers().map(lambda n: {"N": str(n)})))
def test_judged_after_its_own_change_an_item_is_done(item: dict[str, Any]) -> None:
    made = transform(lambda found: {"c": sum(v for k, v in found.items() if k != "c")})
    verdict = made.judge(item)
    assert not made.judge(applied(item, verdict)).writes
