from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.report import Item, Judge
from kxmodel.values import MAX_ITEM_BYTES, item_from_json, item_size
from tests.report.kxgen import example, found, judge, market, printed, stored, tables

EXAMPLES = [(t.name, n) for t in tables() for n in range(len(t.entities[0].examples))]


@pytest.mark.parametrize(("name", "number"), EXAMPLES)
def test_the_schemas_examples_are_good(name, number):
    assert found(name, example(name, number)) == []


def test_kxgens_message_as_printed_has_one_problem():
    """Its `ts` ends in U, which Crockford's alphabet does not have."""
    assert found("messages", printed()) == [("ts", "format", "KX660")]


def test_says_whose_item_it_is():
    judged = judge("messages").judge(Item(printed()), "f.json:3")
    assert (judged.entity, judged.tenant) == ("Message", "tenant123")
    (finding,) = judged.findings
    assert finding.place == "f.json:3"
    assert dict(finding.key) == {
        "contact_pk": "tenant123#john.doe@example.com",
        "ts": "01HKQR5J9X8M2N3P4Q5R6S7T8U",
    }
    assert finding.shown == "'01HKQR5J9X8M2N3P4Q5R6S7T8U'"
    assert "'U' at position 26" in finding.message


def test_a_place_in_a_list_has_a_shape_without_its_position():
    item = example("leads")
    item["qualification"]["notes"] = ["a", 2, 3]
    findings = judge("leads").judge(Item(item), "").findings
    assert [f.path for f in findings] == ["qualification.notes[1]", "qualification.notes[2]"]
    assert {f.shape for f in findings} == {"qualification.notes[]"}


@pytest.mark.parametrize("name", ["contact_pk", "ts"])
def test_a_missing_key_attribute_is_said_once(name):
    item = example("messages")
    del item[name]
    assert (name, "key", "KX663") in found("messages", item)
    assert [path for path, _, _ in found("messages", item)].count(name) == 1


def test_an_item_of_another_table():
    judged = judge("messages").judge(Item(example("personas")), "")
    assert judged.foreign
    assert [(f.path, f.code) for f in judged.findings] == [("contact_pk", "KX663"), ("ts", "KX663")]


@pytest.mark.parametrize(("name", "limit"), [("contact_pk", 2048), ("GSI1SK", 1024)])
def test_a_key_over_its_size(name, limit):
    item = example("messages") | {name: "é" * (limit // 2)}
    assert (name, "size", "KX663") not in found("messages", item)
    item[name] += "x"
    told = found("messages", item)
    assert (name, "size", "KX663") in told


def test_a_key_that_would_be_too_long_is_said_once():
    item = example("messages") | {"tenantId": "t" * 3000, "GSI1PK": "t" * 3000}
    paths = [path for path, _, _ in found("messages", item)]
    assert paths.count("GSI1PK") == 1


@pytest.mark.parametrize("over", [0, 1])
def test_an_item_over_400_kb(over):
    item = example("messages")
    item["text"] = ""
    item["text"] = "x" * (MAX_ITEM_BYTES - item_size(item_from_json(item)) + over)
    assert (("(item)", "size", "KX668") in found("messages", item)) is bool(over)


def test_a_text_of_half_a_surrogate_pair():
    item = example("messages") | {"text": "\ud800"}
    assert [(f.path, f.rule) for f in judge("messages").judge(Item(item), "").findings] == [
        ("text", "utf-8")
    ]


SELLER = {"PK": "SELLER#1", "SK": "PROFILE", "sellerId": "1"}


@pytest.mark.parametrize(
    ("item", "entity", "told"),
    [
        (SELLER, "Seller", []),
        ({"PK": "SELLER#1", "SK": "STALL#2", "sellerId": "1", "stallId": "2"}, "Stall", []),
        ({"PK": "FAIR#x", "SK": "FAIR", "fairId": "x"}, "Fair", []),
        (SELLER | {"extra": 1}, "Seller", [("extra", "KX660")]),
        (SELLER | {"sellerId": "2"}, "Seller", [("PK", "KX662")]),
        (SELLER | {"SK": "NOBODY"}, "", [("(item)", "KX661")]),
        ({"PK": 1, "SK": 2}, "", [("(item)", "KX661")]),
    ],
)
def test_the_entity_is_the_one_recognised(item, entity, told):
    for each in (Item(item), stored(item)):
        judged = Judge(market()).judge(each, "")
        assert judged.entity == entity
        assert [(f.path, f.code) for f in judged.findings] == told


@pytest.mark.parametrize(
    ("item", "listed", "entity", "words"),
    [
        (SELLER, "Seller", "Seller", []),
        (SELLER, "Stall", "Stall", ["stands in the list of Stall, and is known as Seller"]),
        (
            SELLER | {"SK": "NOBODY"},
            "Seller",
            "Seller",
            ["stands in the list of Seller, and is not known as one"],
        ),
        (SELLER, "Buyer", "", ["stands in the list of Buyer, and market has Seller, Stall, Fair"]),
    ],
)
def test_an_item_in_a_list_is_judged_as_the_lists_entity(item, listed, entity, words):
    judged = Judge(market()).judge(Item(item, entity=listed), "")
    assert judged.entity == entity
    assert [f.message for f in judged.findings if f.code == "KX661"] == words
    assert (judged.findings == ()) is not bool(words)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.just("\ud800"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_no_item_is_too_strange(data):
    name = data.draw(st.sampled_from([t.name for t in tables()]))
    item = example(name)
    names = st.sampled_from([*item, "other"])
    item |= data.draw(st.dictionaries(names, VALUES, max_size=4))
    for gone in data.draw(st.lists(names, max_size=3)):
        item.pop(gone, None)
    for finding in judge(name).judge(Item(item), "here").findings:
        assert finding.message
        assert len(str(finding)) < 4000
