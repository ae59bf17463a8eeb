from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import BackfillError
from kxmodel.migrate.tasks import (
    EntityKeys,
    IndexKeys,
    KeysTask,
    KeyTypes,
    Recognise,
    RekeyItems,
    SourceTemplates,
    WholeItem,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

PRIMARY = {"pk": "${tenant}#${email}", "sk": "PROFILE"}
MOVE = RekeyItems("t", "Lead", PRIMARY)
LOWER = SourceTemplates("t", {"email": "${email|lower}"})
ITEM = {
    "pk": {"S": "t#A@x"},
    "sk": {"S": "PROFILE"},
    "tenant": {"S": "t"},
    "email": {"S": "A@x"},
    "n": {"N": "1"},
}


def code(task: RekeyItems, item: Mapping[str, Any]) -> str:
    verdict = task.judge(item)
    assert verdict.kind == "bad"
    assert not verdict.writes
    assert verdict.problem is not None
    return verdict.problem.code


def test_an_item_under_its_key_stays() -> None:
    assert MOVE.judge(ITEM).kind == "already"


def test_an_item_under_another_key_moves_whole_and_guarded_by_all_it_has() -> None:
    item = {**ITEM, "pk": {"S": "old"}, "sk": {"S": "OLD"}}
    verdict = replace(MOVE, declared=("note", "n", "pk")).judge(item)
    assert verdict.kind == "change"
    assert verdict.writes
    assert verdict.moved == ITEM
    assert verdict.guards == {
        ("tenant",): {"S": "t"},
        ("email",): {"S": "A@x"},
        ("n",): {"N": "1"},
        ("note",): None,
    }
    assert (dict(verdict.set), verdict.remove) == ({}, ())


def test_the_source_changes_and_index_keys_and_version_follow() -> None:
    indexes = (
        IndexKeys("GSI1", {"GSI1PK": "${email}"}),
        IndexKeys("GSI2", {"GSI2PK": "${phone}"}),
    )
    keys = KeysTask("t", (EntityKeys("Lead", PRIMARY, indexes, ("GSI1", "GSI2")),))
    source = SourceTemplates("t", {"email": "${email|lower}"}, "v")
    task = RekeyItems("t", "Lead", PRIMARY, source=source, keys=keys)
    assert task.writes == {"pk", "sk", "email", "v", "GSI1PK", "GSI2PK"}
    moved = task.judge({**ITEM, "GSI2PK": {"S": "stale"}, "v": {"N": "3"}}).moved
    assert moved == {
        **ITEM,
        "pk": {"S": "t#a@x"},
        "email": {"S": "a@x"},
        "GSI1PK": {"S": "a@x"},
        "v": {"N": "4"},
    }
    assert task.judge(moved).kind == "already"


def test_a_function_gives_the_key_a_source_that_was_not_there() -> None:
    primary = {"pk": "${tenant}#${region}", "sk": "PROFILE"}
    function = WholeItem("t", lambda item: {"region": "eu"}, ("tenant", "region"))
    moved = RekeyItems("t", "Lead", primary, source=function).judge(ITEM).moved
    assert moved == {**ITEM, "pk": {"S": "t#eu"}, "region": {"S": "eu"}}


def test_an_item_whose_key_stays_changes_where_it_is() -> None:
    primary = {"pk": "${tenant}#${email|lower}", "sk": "PROFILE"}
    keys = KeysTask(
        "t", (EntityKeys("Lead", primary, (IndexKeys("G", {"G": "${email}"}),), ("G",)),)
    )
    item = {**ITEM, "pk": {"S": "t#a@x"}}
    task = RekeyItems("t", "Lead", primary, source=LOWER, keys=keys)
    verdict = task.judge(item)
    assert verdict.moved is None
    assert verdict.set == {"email": {"S": "a@x"}, "G": {"S": "a@x"}}
    assert verdict.guards[("email",)] == {"S": "A@x"}
    assert replace(task, keys=None).judge(item).set == {"email": {"S": "a@x"}}


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"email": None}, "KX322"),
        ({"email": {"M": {}}}, "KX324"),
        ({"email": {"S": "x" * 2050}}, "KX323"),
        ({"tenant": {"S": "a#b"}}, "KX321"),
    ],
)
def test_an_item_whose_key_cannot_be_told_is_bad(change: dict[str, Any], wanted: str) -> None:
    item = {n: v for n, v in {**ITEM, **change}.items() if v is not None}
    assert code(MOVE, item) == wanted


def test_an_item_whose_index_key_could_not_be_built_is_bad() -> None:
    keys = KeysTask(
        "t", (EntityKeys("Lead", PRIMARY, (IndexKeys("G", {"G": "${tags}#x"}),), ("G",)),)
    )
    task = RekeyItems("t", "Lead", PRIMARY, source=LOWER, keys=keys)
    assert code(task, {**ITEM, "tags": {"L": []}}) == "KX324"


@pytest.mark.parametrize(
    "primary",
    [{"pk": "X#${pk}", "sk": "PROFILE"}, {"pk": "${tenant}", "sk": "${pk}"}],
    ids=["grows", "made of the other"],
)
def test_a_key_that_would_change_again_is_bad(primary: dict[str, str]) -> None:
    assert code(RekeyItems("t", "Lead", primary), ITEM) == "KX626"


def test_a_source_that_would_change_again_is_bad() -> None:
    growing = SourceTemplates("t", {"email": "x${email}"})
    assert code(replace(MOVE, source=growing), ITEM) == "KX626"


def test_a_source_that_is_no_text_is_bad() -> None:
    number = SourceTemplates("t", {"n": "${n}"})
    assert code(replace(MOVE, source=number), ITEM) == "KX627"
    assert code(replace(MOVE, source=LOWER), {**ITEM, "email": {"BOOL": True}}) == "KX627"


def test_a_missing_source_of_a_change_changes_nothing() -> None:
    source = SourceTemplates("t", {"email": "${email|lower}", "phone": "${phone}"})
    assert source.judge({"email": {"S": "a"}}).kind == "already"


def test_an_item_that_would_be_of_no_entity_is_bad() -> None:
    known = replace(MOVE, recognise=Recognise(prefix={"pk": "LEAD#"}))
    assert code(known, {**ITEM, "pk": {"S": "LEAD#1"}}) == "KX636"
    assert known.judge(ITEM).kind == "skipped"


def test_numbers_are_keys_by_value() -> None:
    task = RekeyItems(
        "t", "M", {"pk": "${tenant}", "sk": "${at}"}, key_types=KeyTypes({"sk": "N"}, {"sk"})
    )
    item = {"pk": {"S": "t"}, "sk": {"N": "1.50"}, "tenant": {"S": "t"}, "at": {"N": "1.5"}}
    assert task.judge(item).kind == "already"
    moved = task.judge({**item, "at": {"N": "2e1"}}).moved
    assert moved is not None
    assert moved["sk"] == {"N": "20"}


def test_a_function_of_the_whole_item() -> None:
    def before_at(item: dict[str, Any]) -> dict[str, Any]:
        return {"email": item["email"].lower() if item["n"] == 1 else item["email"]}

    task = replace(MOVE, source=WholeItem("t", before_at, ("tenant", "email")))
    moved = task.judge(ITEM).moved
    assert moved is not None
    assert (moved["pk"], moved["email"]) == ({"S": "t#a@x"}, {"S": "a@x"})
    assert task.judge({**ITEM, "n": {"N": "2"}}).kind == "already"
    other = WholeItem("t", lambda item: {"n": 2}, ("tenant", "email"))
    with pytest.raises(BackfillError, match="may change tenant, email alone"):
        replace(MOVE, source=other).judge(ITEM)
    failing = WholeItem("t", lambda item: 1 / 0, ("email",))  # type: ignore[arg-type]
    assert code(replace(MOVE, source=failing), ITEM) == "KX627"


@given(
    st.dictionaries(
        st.sampled_from(["tenant", "email", "n", "note", "pk", "sk"]),
        st.one_of(
            st.builds(lambda s: {"S": s}, st.text("aA#\u0130ß", max_size=3)),
            st.builds(lambda n: {"N": str(n)}, st.integers(-3, 3)),
            st.just({"NULL": True}),
        ),
    )
)
def test_moved_once_it_stays_and_nothing_else_has_changed(item: dict[str, Any]) -> None:
    item = {"pk": {"S": "k"}, "sk": {"S": "k"}, **item}
    task = replace(MOVE, source=LOWER, declared=("note",))
    verdict = task.judge(item)
    if verdict.moved is None:
        assert verdict.kind in ("already", "bad") or verdict.set.keys() == {"email"}
        return
    assert task.judge(verdict.moved).kind == "already"
    kept = item.keys() - {"pk", "sk", "email"}
    assert {n: verdict.moved[n] for n in kept} == {n: item[n] for n in kept}
    assert verdict.guards.keys() == {(n,) for n in {*item, "note"} - {"pk", "sk"}}
