"""Items as they are stored: the schema's types, the templates' keys."""

from decimal import Decimal

import pytest

from kxmodel import ir
from kxmodel.errors import KeyBuildError
from kxmodel.ir import Attribute, Entity, Index, IndexKeys, KeyAttribute, Scalar, Table
from kxmodel.ir.items import dynamodb_json, with_keys
from kxmodel.keys import parse
from tests.emit.designs import FOLDERS, design
from tests.emit.gallery import GALLERY


@pytest.mark.parametrize("name", FOLDERS)
def test_examples_have_their_keys_already(name):
    for table in design(name):
        for entity in table.entities:
            for example in entity.examples:
                assert with_keys(table, entity, example) == example


def test_keys_that_the_values_do_not_make_are_removed():
    (leads,) = [table for table in design("kxgen") if table.name == "leads"]
    item = {"tenantId": "t", "email_lc": "a@b.c", "GSI1PK": "t#+1", "GSI2PK": "x", "GSI2SK": "y"}
    assert with_keys(leads, leads.entities[0], item) == {
        "contact_pk": "t#a@b.c",
        "sk": "PROFILE",
        "tenantId": "t",
        "email_lc": "a@b.c",
    }


def test_a_primary_key_needs_its_sources():
    (leads,) = [table for table in design("kxgen") if table.name == "leads"]
    with pytest.raises(KeyBuildError):
        with_keys(leads, leads.entities[0], {"tenantId": "t"})


def test_every_type():
    (picture,) = GALLERY.entities
    item = {
        "title": "x",
        "thumb": "AAEC",
        "tags": ["b", "a"],
        "years": [2, 1, 10],
        "prices": [],
        "hashes": ["AA=="],
        "colours": ["red"],
        "matrix": [[1, 2.5]],
        "nothing": None,
        "hidden": False,
        "anything": {"a": [None, {"b": 1}]},
        "undeclared": 1e3,
    }
    assert dynamodb_json(GALLERY, picture, item) == {
        "title": {"S": "x"},
        "thumb": {"B": "AAEC"},
        "tags": {"SS": ["a", "b"]},
        "years": {"NS": ["1", "2", "10"]},
        "hashes": {"BS": ["AA=="]},
        "colours": {"L": [{"S": "red"}]},
        "matrix": {"L": [{"L": [{"N": "1"}, {"N": "2.5"}]}]},
        "nothing": {"NULL": True},
        "hidden": {"BOOL": False},
        "anything": {"M": {"a": {"L": [{"NULL": True}, {"M": {"b": {"N": "1"}}}]}}},
        "undeclared": {"N": "1000"},
    }
    assert isinstance(picture.members["prices"].shape, ir.SetOf)


def test_a_key_that_is_a_number_keeps_every_digit():
    text = Scalar("text")
    number = Attribute("price", "price", Scalar("decimal"))
    entity = Entity(
        "Thing",
        (Attribute("id", "id", text), number, Attribute("N", "n", Scalar("decimal"))),
        {"id": parse("${id}")},
        (IndexKeys("byN", {"id": parse("${id}"), "N": parse("${price}")}),),
    )
    index = Index("byN", "by_n", (KeyAttribute("id"),), (KeyAttribute("N", "N"),))
    table = Table("things", "t.json", KeyAttribute("id"), None, (index,), (entity,), ())
    for price in (Decimal("0.12345678901234567891"), 0.5, 7):
        made = with_keys(table, entity, {"id": "a", "price": price})
        assert made["N"] == price
        assert type(made["N"]) is type(price)
        assert dynamodb_json(table, entity, made)["N"] == {"N": str(price)}
