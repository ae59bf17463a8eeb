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


@given(st.dictionaries(st.sampled_from("abc"), st.integers().map(lambda n: {"N": str(n)})))
def test_judged_after_its_own_change_an_item_is_done(item: dict[str, Any]) -> None:
    made = transform(lambda found: {"c": sum(v for k, v in found.items() if k != "c")})
    verdict = made.judge(item)
    assert not made.judge(applied(item, verdict)).writes
