from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.errors import KeyBuildError
from kxmodel.keys import KeyPart, KeySet, evaluate, parse, parse_condition
from kxmodel.migrate.tasks import (
    EntityKeys,
    IndexKeys,
    KeysTask,
    KeyTypes,
    Recognise,
    RemoveKeyValues,
)
from kxmodel.migrate.tasks.task import Verdict, find
from kxmodel.values import item_to_json

PRIMARY = {"pk": "${tenant}#${email}", "sk": "LEAD"}
PHONE = {"G1PK": "${tenant}#${contact.phone}", "G1SK": "PHONE"}
STATUS = {"G2PK": "${tenant}#${status}", "G2SK": "${created}"}
WHEN = {"archived": {"present": False}}


def task(*targets: str, recognise: Recognise | None = None, when: Any = WHEN) -> KeysTask:
    entity = EntityKeys(
        "Lead",
        PRIMARY,
        (IndexKeys("G1", PHONE), IndexKeys("G2", STATUS, when)),
        targets or ("G1", "G2"),
        recognise or Recognise(),
    )
    return KeysTask("leads", (entity,), KeyTypes(ranges=frozenset({"sk", "G1SK", "G2SK"})))


def lead(**more: Any) -> dict[str, Any]:
    item = {
        "pk": {"S": "t#a@b.co"},
        "sk": {"S": "LEAD"},
        "tenant": {"S": "t"},
        "contact": {"M": {"phone": {"S": "+1"}, "name": {"S": "Ann"}}},
        "status": {"S": "new"},
        "created": {"S": "2024"},
    }
    return {name: value for name, value in {**item, **more}.items() if value is not None}


def applied(item: dict[str, Any], verdict: Verdict) -> dict[str, Any]:
    kept = {name: value for name, value in item.items() if name not in verdict.remove}
    return {**kept, **verdict.set}


def test_missing_keys_are_set_under_guards_of_all_that_was_read() -> None:
    verdict = task().judge(lead())
    assert verdict.kind == "change"
    assert verdict.set == {
        "G1PK": {"S": "t#+1"},
        "G1SK": {"S": "PHONE"},
        "G2PK": {"S": "t#new"},
        "G2SK": {"S": "2024"},
    }
    assert verdict.guards == {
        ("tenant",): {"S": "t"},
        ("contact", "phone"): {"S": "+1"},
        ("status",): {"S": "new"},
        ("created",): {"S": "2024"},
        ("archived",): None,
        **{(name,): None for name in verdict.set},
    }


def typed(**more: Any) -> Verdict:
    entity = EntityKeys(
        "Lead",
        PRIMARY,
        (IndexKeys("G1", PHONE), IndexKeys("G2", STATUS, WHEN)),
        ("G1", "G2"),
        types={"status": frozenset("S"), "contact.phone": frozenset("S")},
    )
    return KeysTask("leads", (entity,), KeyTypes()).judge(lead(**more))


def test_a_source_of_another_type_than_the_schema_s_makes_no_key() -> None:
    verdict = typed(status={"N": "5"})
    assert verdict.kind == "bad"
    assert set(verdict.set) == {"G1PK", "G1SK"}, "the other index has nothing to do with it"
    assert verdict.problem is not None
    assert (verdict.problem.path, verdict.problem.code) == (("status",), "KX324")


def test_it_does_not_matter_where_the_item_has_no_place_in_the_index() -> None:
    assert typed(status={"N": "5"}, archived={"BOOL": True}).kind == "change"
    assert typed(contact={"M": {"phone": {"NULL": True}}}).kind == "change"


def test_a_stale_key_goes_when_its_source_is_gone() -> None:
    verdict = task("G2").judge(lead(status=None, G2PK={"S": "t#old"}, G2SK={"S": "2024"}))
    assert (verdict.set, verdict.remove) == ({}, ("G2PK", "G2SK"))
    assert verdict.guards[("G2PK",)] == {"S": "t#old"}
    assert verdict.guards[("status",)] is None


@pytest.mark.parametrize("empty", [None, {"S": ""}, {"NULL": True}])
def test_an_absent_source_is_skipped(empty: Any) -> None:
    assert task("G2").judge(lead(status=empty)).kind == "skipped"


def test_a_false_condition_is_skipped() -> None:
    assert task("G2").judge(lead(archived={"BOOL": True})).kind == "skipped"


@pytest.mark.parametrize("wrong", [{"L": []}, {"M": {}}, {"SS": ["a"]}])
def test_a_source_of_the_wrong_type_is_bad_and_the_other_index_is_filled(wrong: Any) -> None:
    verdict = task().judge(lead(status=wrong))
    assert verdict.kind == "bad"
    assert verdict.problem is not None
    assert (verdict.problem.path, verdict.problem.code) == (("status",), "KX324")
    assert set(verdict.set) == {"G1PK", "G1SK"}
    assert task("G1").judge(lead(status=wrong)).kind == "change", "a flaw elsewhere is no matter"


def test_a_key_that_would_be_too_long_is_bad() -> None:
    verdict = task("G2").judge(lead(status={"S": "x" * 2047}))
    assert (verdict.kind, verdict.writes) == ("bad", False)
    assert verdict.problem is not None
    assert verdict.problem.code == "KX323"


def test_another_entity_is_skipped() -> None:
    chosen = task(recognise=Recognise(prefix={"sk": "CAMPAIGN#"}))
    assert chosen.judge(lead()).kind == "skipped"


def test_what_an_item_is_recognised_by_is_guarded() -> None:
    chosen = task(recognise=Recognise(equals={"type": "Lead", "sk": "LEAD"}))
    guards = chosen.judge(lead(type={"S": "Lead"})).guards
    assert guards[("type",)] == {"S": "Lead"}
    assert ("sk",) not in guards, "the table's key names the item and cannot change"


def test_an_attribute_shared_with_another_index_stays() -> None:
    entity = EntityKeys(
        "Lead",
        PRIMARY,
        (
            IndexKeys("A", {"TENANT": "${tenant}", "A": "${status}"}),
            IndexKeys("B", {"TENANT": "${tenant}", "B": "${created}"}),
        ),
        ("A",),
    )
    shared = KeysTask("leads", (entity,))
    item = lead(status=None, TENANT={"S": "t"}, A={"S": "old"}, B={"S": "2024"})
    assert shared.judge(item).remove == ("A",)


def sharing(first: str, second: str, *targets: str) -> KeysTask:
    indexes = (
        IndexKeys("A", {"APK": "N${n|pad:2}", "SK2": first}),
        IndexKeys("B", {"BPK": "${status}", "SK2": second}),
    )
    return KeysTask("leads", (EntityKeys("Lead", PRIMARY, indexes, targets),))


def test_what_an_index_beside_it_cannot_be_given_keeps_an_item_out_of_none() -> None:
    """`n` makes no key of A, which shares an attribute with B."""
    item = lead(n={"N": "700"})
    task = sharing("${created}", "${created}", "B")
    whole = {"BPK": {"S": "new"}, "SK2": {"S": "2024"}}
    assert task.judge(item).set == whole
    assert task.judge(item | whole).kind == "already"
    both = sharing("${created}", "${created}", "A", "B").judge(item)
    assert (both.kind, both.set) == ("bad", whole)
    kept = task.judge(item | whole | {"status": {"S": ""}})
    assert kept.remove == ("BPK",), "it may be A's, once that can be told"


def test_an_index_that_makes_a_shared_attribute_otherwise_has_no_say() -> None:
    """One of the two templates is given up by the migration that this backfill is part of."""
    item = lead(n={"N": "7"})
    for target, shared in (("A", "old"), ("B", "2024")):
        task = sharing("old", "${created}", target)
        assert task.judge(item).set["SK2"] == {"S": shared}
    stale = item | {"SK2": {"S": "2024"}, "BPK": {"S": "new"}, "status": {"S": ""}}
    assert sharing("old", "${created}", "B").judge(stale).remove == ("BPK", "SK2")


def test_what_the_item_has_for_another_index_is_not_taken_back() -> None:
    item = lead(n={"N": "7"}, APK={"S": "N07"}, BPK={"S": "new"}, SK2={"S": "2024"})
    taken = RemoveKeyValues(sharing("${created}", "${created}", "B"))
    assert taken.judge(item).remove == ("BPK",)
    assert taken.judge(item | {"n": {"N": "700"}}).remove == ("BPK",)
    alone = {name: value for name, value in item.items() if name not in ("n", "APK")}
    assert taken.judge(alone).remove == ("BPK", "SK2")
    other = item | {"created": {"S": "old"}, "SK2": {"S": "old"}}
    assert RemoveKeyValues(sharing("old", "${created}", "B")).judge(other).remove == ("BPK",)


def test_a_value_that_only_a_condition_looks_at_makes_no_key_bad() -> None:
    indexes = (IndexKeys("A", {"APK": "${created}"}, {"status": {"present": True}}),)
    types = {"status": frozenset({"S"}), "created": frozenset({"S"})}
    task = KeysTask("leads", (EntityKeys("Lead", PRIMARY, indexes, ("A",), types=types),))
    assert task.judge(lead(status={"N": "1"})).set == {"APK": {"S": "2024"}}
    assert task.judge(lead(created={"N": "1"})).kind == "bad"


@pytest.mark.parametrize("wrong", [{"N": "1"}, {"NULL": True}, {"S": ""}])
def test_a_natural_key_that_dynamodb_would_not_index_is_bad(wrong: Any) -> None:
    entity = EntityKeys("Lead", PRIMARY, (IndexKeys("A", {"status": "${status}"}),), ("A",))
    natural = KeysTask("leads", (entity,))
    assert natural.writes == frozenset()
    assert natural.judge(lead()).kind == "already"
    verdict = natural.judge(lead(status=wrong))
    assert verdict.problem is not None
    assert verdict.problem.code == "KX630"


def test_a_key_made_of_a_derived_attribute_is_computed_through_it() -> None:
    entity = EntityKeys(
        "Lead",
        PRIMARY,
        (IndexKeys("A", {"A": "${label}#${created}"}),),
        ("A",),
        derive={"label": "L-${status}", "unused": "${status}"},
    )
    through = KeysTask("leads", (entity,))
    verdict = through.judge(lead(label={"S": "stale"}))
    assert verdict.set == {"A": {"S": "L-new#2024"}}
    assert set(verdict.guards) == {("status",), ("created",), ("A",)}
    assert through.judge(lead(status=None, A={"S": "old"})).remove == ("A",)
    bad = through.judge(lead(status={"L": []}, A={"S": "old"}))
    assert (bad.kind, bad.writes) == ("bad", False)


def test_a_number_key_compares_by_value() -> None:
    entity = EntityKeys("Lead", PRIMARY, (IndexKeys("A", {"A": "${score}"}),), ("A",))
    numbers = KeysTask("leads", (entity,), KeyTypes({"A": "N"}))
    assert numbers.judge(lead(score={"N": "1.50"})).set == {"A": {"N": "1.5"}}
    assert numbers.judge(lead(score={"N": "1.5"}, A={"N": "1.500"})).kind == "already"
    assert numbers.judge(lead(score={"S": "1.5"})).kind == "bad"


scalars = st.one_of(
    st.text(max_size=6).map(lambda text: {"S": text}),
    st.integers(-5, 5).map(lambda number: {"N": str(number)}),
    st.booleans().map(lambda truth: {"BOOL": truth}),
    st.just({"NULL": True}),
    st.just({"L": []}),
)
names = ["tenant", "status", "created", "archived", "G1PK", "G1SK", "G2PK", "G2SK"]
items = st.builds(
    lambda values, contact: {
        "pk": {"S": "t#a"},
        "sk": {"S": "LEAD"},
        **values,
        **({} if contact is None else {"contact": contact}),
    },
    st.dictionaries(st.sampled_from(names), scalars),
    st.one_of(st.none(), scalars, scalars.map(lambda phone: {"M": {"phone": phone}})),
)

ORACLE = [
    KeySet("G1", tuple(KeyPart(n, parse(t), "hash") for n, t in PHONE.items())),
    KeySet(
        "G2", tuple(KeyPart(n, parse(t), "hash") for n, t in STATUS.items()), parse_condition(WHEN)
    ),
]


@settings(max_examples=300, deadline=None)
@given(items)
def test_any_item_ends_with_what_the_key_sets_give(item: dict[str, Any]) -> None:
    verdict = task().judge(item)
    after = applied(item, verdict)
    for keyset in ORACLE:
        stored = {n: after[n] for n in keyset.attributes if n in after}
        try:
            wanted = evaluate(keyset, item_to_json(item))
        except KeyBuildError:
            assert verdict.kind == "bad"
            assert stored == {n: item[n] for n in keyset.attributes if n in item}
            continue
        assert stored == {n: {"S": v} for n, v in (wanted or {}).items()}
    assert {*verdict.set, *verdict.remove} <= task().writes
    for path, value in verdict.guards.items():
        assert find(item, path) == value
        assert path[0] in task().reads
    assert not task().judge(after).writes, "judged again there is nothing left to do"
