from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.errors import Problem
from kxmodel.keys import KeyPart, KeySet, key_rules, parse, parse_condition
from kxmodel.report import Item
from kxmodel.report.judging.stale import KeyCheck
from tests.report.kxgen import example, found, judge


def messages(name: str, item) -> list[str]:
    return [f.message for f in judge(name).judge(Item(item), "").findings]


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("messages", {"GSI1PK": "other"}, ["is stale: the item's attributes give 'tenant123'"]),
        (
            "messages",
            {"GSI2SK": None},
            ["is missing, and the item's attributes give '01HM6AQH208M2N3P4Q5R6S7T8V'"],
        ),
        (
            "messages",
            {"contact_pk": "tenant123#x@y.z"},
            ["is stale: the item's attributes give 'tenant123#john.doe@example.com'"],
        ),
        (
            "messages",
            {"lead_id": None},
            ["should not be there: the item is not in GSI2 without lead_id"] * 2,
        ),
        ("messages", {"lead_id": None, "GSI2PK": None, "GSI2SK": None}, []),
        ("leads", {"sk": "profile"}, ["is stale: the item's attributes give 'PROFILE'"]),
        (
            "leads",
            {"contactInfo": None},
            ["should not be there: the item is not in GSI1 without contactInfo.phone"] * 2,
        ),
    ],
)
def test_a_key_is_what_the_templates_give(name, change, told):
    item = {k: v for k, v in (example(name) | change).items() if v is not None}
    assert messages(name, item) == told


def test_a_condition_that_does_not_hold():
    item = next(
        i for i in (example("personas", n) for n in range(3)) if i.get("isTemplate") is True
    )
    item["isTemplate"] = False
    assert (
        messages("personas", item)
        == ["should not be there: the item is not in GSI2 by its condition"] * 2
    )


def test_a_padded_number_is_compared_as_text():
    item = next(i for i in (example("personas", n) for n in range(3)) if "GSI2SK" in i)
    item["GSI2SK"] = str(item.get("popularityScore", 0))
    assert [f[0] for f in found("personas", item)] == ["GSI2SK"]


@pytest.mark.parametrize(
    "change",
    [
        {"ts": "not a ulid"},
        {"lead_id": 12},
        {"email_lc": "John.Doe@Example.com"},
        {"email_lc": "a#b"},
        {"tenantId": None},
    ],
)
def test_what_a_wrong_source_gives_is_not_held_against_the_key(change):
    item = {k: v for k, v in (example("messages") | change).items() if v is not None}
    assert [path for path, _, code in found("messages", item) if code != "KX660"] == []
    assert [path for path, _, _ in found("messages", item)] == [*change]


def test_other_keys_are_still_judged_beside_a_wrong_source():
    item = example("messages") | {"ts": "not a ulid", "GSI1PK": "other"}
    assert {path for path, _, _ in found("messages", item)} == {"ts", "GSI1PK"}


def test_a_key_is_not_missed_where_another_of_its_index_cannot_be_built():
    """A backfill calls the item bad and gives it neither."""
    legacy = {k: v for k, v in example("messages").items() if not k.startswith("GSI2")}
    assert {path for path, _, _ in found("messages", legacy)} == {"GSI2PK", "GSI2SK"}
    assert [path for path, _, _ in found("messages", legacy | {"lead_id": 12})] == ["lead_id"]


NUMBERED = KeyCheck(
    key_rules(
        KeySet("t", (KeyPart("pk", parse("${pk}"), "hash"),), sparse=False),
        [
            KeySet("N", (KeyPart("nk", parse("${n}"), "hash", "N"),)),
            KeySet("B", (KeyPart("bk", parse("${b}"), "hash", "B"),)),
            KeySet(
                "W",
                (KeyPart("wk", parse("W#${w}"), "hash"),),
                parse_condition({"w": {"equals": "x"}}),
            ),
        ],
    )
)


def paths(values) -> list[str]:
    return [problem.pointer for problem, _ in NUMBERED.problems({"pk": "a"} | values, ())]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"n": 1, "nk": 1.0}, []),
        ({"n": 1, "nk": True}, ["nk"]),
        ({"n": 1, "nk": "1"}, ["nk"]),
        ({"n": 1, "nk": 2}, ["nk"]),
        ({"n": "1", "nk": 1}, ["n"]),
        ({"b": "aGk=", "bk": "aGk="}, []),
        ({"b": "aGk=", "bk": "aGo="}, ["bk"]),
        ({"b": "no base64!", "bk": "aGo="}, ["b"]),
        ({"w": "x", "wk": "W#x"}, []),
        ({"w": "y", "wk": "W#y"}, ["wk"]),
        ({"w": "y"}, []),
        ({}, []),
    ],
)
def test_numbers_binary_and_conditions(values, wrong):
    assert paths(values) == wrong


@given(st.sampled_from(["messages", "leads"]), st.data())
@settings(max_examples=60, deadline=None)
def test_exactly_the_changed_key_attributes_are_found(name, data):
    item = example(name)
    keys = [k for k in ("GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK") if k in item]
    changed = data.draw(st.sets(st.sampled_from(keys)))
    for key in changed:
        item[key] = data.draw(st.text(min_size=1, max_size=5)) + item[key]
    assert {path for path, _, _ in found(name, item)} == changed


def test_a_problem_is_a_problem_of_the_package():
    ((problem, code),) = NUMBERED.problems({"pk": "a", "nk": 1}, ())
    assert isinstance(problem, Problem)
    assert (problem.rule, code) == ("key", "KX662")
