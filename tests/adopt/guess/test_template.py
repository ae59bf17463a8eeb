"""Key templates from keys, and what makes two kinds of items two."""

import pytest

from kxmodel.adopt.guess.form import Form, form_of, seems_constant
from kxmodel.adopt.guess.group import group
from kxmodel.adopt.guess.names import entity_name, fresh, prefers_camel, snake_name
from kxmodel.adopt.guess.template import guess
from kxmodel.adopt.guess.types import schema_of
from kxmodel.ir import KeyAttribute

KEY = (KeyAttribute("PK"), KeyAttribute("SK"))


def item(hash_key, range_key, **more):
    return {n: {"S": v} for n, v in {"PK": hash_key, "SK": range_key, **more}.items()}


def forms(*items):
    return [tuple((f.text, f.constant) for f in g.forms) for g in group(items, KEY)]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("ORDER#42", "ORDER#"),
        ("user:a:b", "user:"),
        ("a##b", "a##"),
        ("ORDER#", ""),
        ("2024-01-15T10:30", ""),
        ("two words: x", ""),
        ("#x", ""),
        ("", ""),
        (5, ""),
    ],
)
def test_a_key_begins_with_a_word_and_a_delimiter(key, text):
    assert form_of(key) == Form(text)


def test_a_word_that_is_a_value_of_the_item_is_no_constant():
    assert form_of("acme#1", {"acme"}) == Form()
    assert forms(item("acme#1", "x", tenant="acme"), item("acme#2", "y", tenant="acme")) == [
        (("", False), ("", False))
    ]
    # What says of which kind an item is stays one.
    assert forms(item("USER#1", "x", type="USER"), item("TEAM#1", "x", type="TEAM"))[0][0] == (
        "USER#",
        False,
    )


def test_names_for_the_thing_itself_are_constants():
    assert all(map(seems_constant, ["meta", "PROFILE", "METADATA#", "Config"]))
    assert not any(map(seems_constant, ["a", "GB", "alice", "X1", "PROFILE#1"]))


def test_a_sort_key_that_recurs_in_every_partition_is_a_constant():
    assert forms(item("A#1", "base"), item("A#2", "base")) == [(("A#", False), ("base", True))]
    assert forms(item("A#1", "base"), item("A#1", "other"))[0][1] == ("", False)


def test_groups_whose_keys_could_meet_become_one():
    assert forms(item("A#1", "PROFILE"), item("A#1", "2024"), item("B#1", "PROFILE")) == [
        (("A#", False), ("", False)),
        (("B#", False), ("PROFILE", True)),
    ]
    found = group([item("A#1", "PROFILE"), item("A#1", "2024")], KEY)
    assert found[0].joined == 2


def test_too_many_kinds_are_values():
    names = [f"{a}{b}" for a in "abcdef" for b in "ghijkl"]
    assert len(group([item(f"{n}#1", "x") for n in names], KEY)) == 1


def test_parts_are_attributes_constants_and_at_most_one_new_source():
    items = [{"a": "1", "b": "x"}, {"a": "2", "b": "y"}]
    keys = ["K#1#c#x", "K#2#c#y"]
    assert guess(keys, Form("K#"), items, ["a", "b"], "new").template == "K#${a}#c#${b}"
    found = guess(keys, Form("K#"), items, ["b"], "new")
    assert (found.template, found.values) == ("K#${new}#c#${b}", ("1", "2"))
    whole = guess(["K#1#x", "K#2"], Form("K#"), items, [], "new")
    assert (whole.template, whole.values) == ("K#${new}", ("1#x", "2"))
    assert guess(keys, Form(), items, [], None) is None


def test_dollars_are_text():
    assert guess(["A$#1"], Form("A$#"), [{}], [], "n").template == "A$$#${n}"


def test_a_part_that_holds_the_delimiter_is_not_cut_there():
    items = [{"a": "1#1", "b": "2"}]
    found = guess(["K#1#1#2"], Form("K#"), items, ["a", "b"], "new")
    assert found.template == "K#${new}"


@pytest.mark.parametrize(
    ("values", "schema"),
    [
        ([{"S": "a"}], {"type": "string"}),
        ([{"S": "2024-01-15T10:30:00.000Z"}], {"type": "string", "format": "date-time"}),
        ([{"N": "1"}, {"N": "2"}], {"type": "integer"}),
        ([{"N": "1"}, {"N": "2.5"}], {"type": "number"}),
        ([{"N": "0.12345678901234567890123"}], {"type": "number", "x-kx-number": "decimal"}),
        ([{"S": "a"}, {"N": "1"}], {}),
        ([{"S": "a"}, {"NULL": True}], {"type": ["string", "null"]}),
        ([{"SS": ["a"]}, {"NULL": True}], {}),
        ([{"L": [{"N": "1"}]}], {"type": "array", "items": {"type": "integer"}}),
        ([{"L": []}], {"type": "array"}),
        ([{"M": {"a b": {"S": "x"}}}], {"type": "object"}),
        (
            [{"M": {"a": {"S": "x"}}}, {"M": {"b": {"BOOL": True}}}],
            {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "boolean"}}},
        ),
    ],
)
def test_types(values, schema):
    assert schema_of(values, deep=True) == schema


def test_names():
    assert entity_name("credit card-offers") == "CreditCardOffers"
    assert entity_name("ORDER#") == "Order"
    assert entity_name("1st") == "St"
    assert entity_name("\u202e#") == "Item"
    assert snake_name("Größe in cm", "x") == "gr_e_in_cm"
    assert snake_name("123", "x") == "x"
    assert fresh("a", ["a", "a2"]) == "a3"
    assert prefers_camel(["userId", "orderId", "a_b", "x"])
    assert not prefers_camel(["x", "a_b"])
