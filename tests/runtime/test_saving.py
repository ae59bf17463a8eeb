"""What a put sends: keys derived, values normalised, nothing lost, problems all at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from pynamodb.connection import Connection
from pynamodb.exceptions import AttributeNullError, PutError
from pynamodb.transactions import TransactWrite

import kxmodel
from kxmodel.errors import (
    ImmutableError,
    ItemTooLarge,
    PartialItemError,
    UsageError,
    ValidationFailed,
)
from kxmodel.runtime import TextAttribute
from tests.runtime.zoo import Animal, Meal


def rex(**changes: object) -> Animal:
    """A whole animal."""
    values: dict[str, object] = {
        "tenant_id": "t1",
        "animal_id": "a1",
        "name": "Rex",
        "species": "dog",
        "weight": 12.5,
        "alive": True,
        "keeper": {"email": "Kim@Example.com", "phone": "+1 (954) 555-0123"},
    }
    return Animal(**{**values, **changes})


def stored(animal: Animal) -> dict[str, object]:
    """The item as the table has it."""
    key = {name: {"S": value} for name, value in animal._get_keys().items()}
    answer = Animal._get_connection().connection.client.get_item(
        TableName=Animal.Meta.table_name, Key=key, ConsistentRead=True
    )
    item: dict[str, object] = answer["Item"]
    return item


def put_raw(item: dict[str, object]) -> None:
    """Write an item past every model, as legacy code did."""
    Animal._get_connection().connection.client.put_item(TableName=Animal.Meta.table_name, Item=item)


def test_a_save_derives_every_key_and_normalises_every_value(zoo: type[Animal]) -> None:
    animal = rex()
    animal.save()
    item = stored(animal)
    assert item["PK"] == {"S": "t1#a1"}
    assert item["SK"] == {"S": "ANIMAL"}
    assert item["GSI1PK"] == {"S": "t1#+19545550123"}
    assert item["GSI1SK"] == {"S": "Rex"}
    assert item["GSI2PK"] == {"S": "t1#dog"}
    assert item["GSI2SK"] == {"S": "0000012.50"}
    assert item["label"] == {"S": "dog/Rex"}
    assert item["keeper"] == {
        "M": {"email": {"S": "kim@example.com"}, "phone": {"S": "+19545550123"}}
    }
    assert item["created_at"] == item["updated_at"]
    assert item["version"] == {"N": "1"}
    assert animal.gsi1_pk == "t1#+19545550123"
    assert animal.keeper is not None
    assert animal.keeper.email == "kim@example.com"


def test_a_missing_source_or_a_false_when_takes_the_item_out_of_that_index(
    zoo: type[Animal],
) -> None:
    animal = rex(keeper=None, alive=False)
    animal.save()
    assert not {"GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK"} & set(stored(animal))
    animal.alive = True
    animal.weight = None
    animal.save()
    item = stored(animal)
    assert item["GSI2SK"] == {"S": "0000000.00"}
    assert "GSI1SK" not in item


def test_all_paths_that_put_send_the_same_item(zoo: type[Animal]) -> None:
    moment = datetime(2024, 1, 15, tzinfo=UTC)

    def one(name: str) -> Animal:
        return rex(animal_id=name, created_at=moment, updated_at=moment)

    saved, batched, transacted = one("a"), one("b"), one("c")
    saved.save()
    with Animal.batch_write() as batch:
        batch.save(batched)
    with TransactWrite(connection=kxmodel.connection()) as transaction:
        transaction.save(transacted)
    items = [stored(animal) for animal in (saved, batched, transacted)]
    for item in items:
        for name in ("PK", "animalId", "version"):
            item.pop(name, None)
    assert items[0] == items[1] == items[2]


def test_pynamodbs_own_connection_class_works_in_a_transaction(zoo: type[Animal]) -> None:
    client = Animal._get_connection().connection.client
    connection = Connection(
        region="us-east-1",
        host=client.meta.endpoint_url,
        aws_access_key_id="x",
        aws_secret_access_key="y",
    )
    with TransactWrite(connection=connection) as transaction:
        transaction.save(rex())
    assert stored(rex())["GSI2PK"] == {"S": "t1#dog"}


def test_every_problem_comes_in_one_error_and_nothing_is_sent(zoo: type[Animal]) -> None:
    animal = rex(
        animal_id="a#1",
        name="",
        species="cow",
        legs=-1,
        born=datetime(2024, 1, 1),
        keeper={"email": "nobody", "phone": "555-0123"},
    )
    with pytest.raises(ValidationFailed) as caught:
        animal.save()
    problems = {problem.pointer: problem for problem in caught.value.problems}
    assert set(problems) >= {"name", "species", "legs", "born", "keeper.email", "keeper.phone"}
    assert "cat, dog, owl" in problems["species"].message
    assert "'555-0123'" in str(caught.value)
    assert list(Animal.scan()) == []


def test_a_delimiter_in_a_key_part_is_refused(zoo: type[Animal]) -> None:
    with pytest.raises(ValidationFailed, match="tenantId"):
        rex(tenant_id="t1#evil").save()


def test_a_missing_required_attribute_is_pynamodbs_error_too() -> None:
    with pytest.raises(AttributeNullError):
        Animal(tenant_id="t1", animal_id="a").serialize()
    with pytest.raises(ValidationFailed, match="animalId"):
        Animal(tenant_id="t1", name="x").serialize()


def test_a_derived_attribute_may_be_given_only_as_what_it_is() -> None:
    item = rex(gsi2_pk="t1#dog").serialize()
    assert item["GSI2PK"] == {"S": "t1#dog"}
    with pytest.raises(ValidationFailed, match="GSI2PK"):
        rex(gsi2_pk="t2#dog").serialize()
    with pytest.raises(ValidationFailed, match="PK"):
        rex(pk="t2#a1").serialize()


def test_times_are_normalised_and_naive_ones_refused() -> None:
    east = timezone(timedelta(hours=2))
    item = rex(born=datetime(2024, 1, 15, 12, 30, tzinfo=east)).serialize()
    assert item["born"] == {"S": "2024-01-15T10:30:00.000Z"}
    assert rex(born="2024-01-15T12:30:00+02:00").serialize()["born"] == item["born"]
    with pytest.raises(ValidationFailed, match="born"):
        rex(born=datetime(2024, 1, 15)).serialize()


def test_updated_at_moves_with_every_save_but_not_past_the_callers_word(zoo: type[Animal]) -> None:
    animal = rex()
    animal.save()
    first = animal.updated_at
    again = Animal.get("t1#a1", "ANIMAL")
    again.save()
    assert again.updated_at >= first
    assert again.created_at == animal.created_at
    mine = datetime(2020, 1, 1, tzinfo=UTC)
    again.updated_at = mine
    again.save()
    assert Animal.get("t1#a1", "ANIMAL").updated_at == mine
    again.save()
    assert again.updated_at > mine


def test_unknown_attributes_exact_numbers_and_nulls_survive_a_save(zoo: type[Animal]) -> None:
    digits = "1234567890123456789012345678901234.5678"
    item: dict[str, object] = {
        "PK": {"S": "t1#a1"},
        "SK": {"S": "ANIMAL"},
        "tenantId": {"S": "t1"},
        "animalId": {"S": "a1"},
        "name": {"S": "Rex"},
        "weight": {"N": digits},
        "species": {"NULL": True},
        "tags": {"SS": ["a", "b"]},
        "sizes": {"NS": [digits, "2"]},
        "photo": {"B": b"\x00\xff"},
        "keeper": {"M": {"email": {"S": "k@x.com"}, "shift": {"N": digits}, "odd": {"NULL": True}}},
        "meals": {"L": [{"M": {"what": {"S": ""}, "grams": {"N": digits}, "x": {"BS": [b"1"]}}}]},
        "counts": {"M": {"a": {"N": digits}}},
        "readings": {"L": [{"N": digits}, {"N": "1"}]},
        "notes": {"L": [{"S": "one"}, {"NULL": True}]},
        "anything": {"M": {"n": {"N": digits}, "s": {"SS": ["z"]}}},
        "unknown": {"M": {"deep": {"L": [{"N": digits}]}}},
        "created_at": {"S": "long ago"},
        "born": {"S": "2024-01-15T10:30:00.123456+00:00"},
    }
    put_raw(item)
    animal = Animal.get("t1#a1", "ANIMAL")
    animal.name = "Max"
    assert animal.meals is not None
    animal.meals.append(Meal(what="bone"))
    assert animal.readings is not None
    animal.readings.insert(0, 7.0)
    assert animal.keeper is not None
    animal.keeper.email = "new@x.com"
    animal.save()
    after = stored(animal)
    expected = dict(item)
    expected["name"] = {"S": "Max"}
    expected["meals"] = {"L": [*item["meals"]["L"], {"M": {"what": {"S": "bone"}}}]}  # type: ignore[index]
    expected["readings"] = {"L": [{"N": "7"}, {"N": digits}, {"N": "1"}]}
    expected["keeper"] = {
        "M": {"email": {"S": "new@x.com"}, "shift": {"N": digits}, "odd": {"NULL": True}}
    }
    for name in ("tags", "sizes"):
        for one in (after, expected):
            ((tag, values),) = one[name].items()  # type: ignore[attr-defined]
            one[name] = {tag: sorted(values)}
    for name in ("updated_at", "version"):
        after.pop(name)
    assert after == expected


def test_an_old_flaw_blocks_no_write_that_does_not_touch_it(zoo: type[Animal]) -> None:
    put_raw(
        {
            "PK": {"S": "t1#a1"},
            "SK": {"S": "ANIMAL"},
            "tenantId": {"S": "t1"},
            "animalId": {"S": "a1"},
            "name": {"S": "Rex"},
            "species": {"S": "cow"},
            "keeper": {"M": {"phone": {"S": "call me"}}},
            "GSI1PK": {"S": "t1#call me"},
            "GSI1SK": {"S": "Rex"},
        }
    )
    animal = Animal.get("t1#a1", "ANIMAL")
    animal.legs = 4
    animal.save()
    assert stored(animal)["species"] == {"S": "cow"}
    animal.legs = -4
    with pytest.raises(ValidationFailed) as caught:
        animal.save()
    assert [problem.pointer for problem in caught.value.problems] == ["legs"]


def test_a_projected_read_cannot_be_saved(zoo: type[Animal]) -> None:
    rex().save()
    part = Animal.get("t1#a1", "ANIMAL", attributes_to_get=["name"])
    with pytest.raises(PartialItemError):
        part.save()
    for partial in (
        next(iter(Animal.by_weight_index.query("t1#dog"))),
        next(iter(Animal.scan(attributes_to_get=["PK", "SK"]))),
        next(iter(Animal.batch_get([("t1#a1", "ANIMAL")], attributes_to_get=["PK", "SK"]))),
    ):
        with pytest.raises(PartialItemError):
            partial.save()
        partial.refresh()
        partial.save()


def test_the_primary_keys_sources_and_immutable_attributes_stay(zoo: type[Animal]) -> None:
    rex().save()
    animal = Animal.get("t1#a1", "ANIMAL")
    animal.animal_id = "a2"
    with pytest.raises(ImmutableError):
        animal.save()
    animal.animal_id = "a1"
    animal.species = "cat"
    with pytest.raises(ImmutableError):
        animal.save()


def test_sizes_are_checked_before_anything_is_sent() -> None:
    with pytest.raises(ItemTooLarge, match="409,600"):
        rex(photo=b"x" * 400 * 1024).serialize()
    with pytest.raises(ItemTooLarge, match="2,048"):
        Animal(tenant_id="t", animal_id="x" * 3000, name="x").serialize()


def test_optimistic_locking_works_as_in_pynamodb(zoo: type[Animal]) -> None:
    rex().save()
    one, two = Animal.get("t1#a1", "ANIMAL"), Animal.get("t1#a1", "ANIMAL")
    one.legs = 4
    one.save()
    assert one.version == 2
    two.legs = 3
    with pytest.raises(PutError):
        two.save()


def test_plain_json_and_dynamodb_json_go_both_ways() -> None:
    animal = rex(
        price=Decimal("1.10"),
        tags={"b", "a"},
        photo=b"\x00",
        sizes={1.5, 2.0},
        born="2024-01-15T10:30:00Z",
    )
    document = animal.to_json()
    assert document["tags"] == ["a", "b"]
    assert document["photo"] == "AA=="
    assert document["born"] == "2024-01-15T10:30:00.000Z"
    again = Animal.from_json(document)
    assert again.to_json() == document
    assert again.tags == {"a", "b"}
    assert again.photo == b"\x00"
    assert again.price == Decimal("1.1")
    item = animal.to_item()
    assert Animal.from_item(item).to_item() == item
    with_unknown = Animal.from_json({**document, "colour": {"a": [1]}})
    assert with_unknown.serialize()["colour"] == {"M": {"a": {"L": [{"N": "1"}]}}}
    assert with_unknown.kx.extra == {"colour": {"a": [1]}}


def test_an_attribute_that_would_hide_a_method_is_refused() -> None:
    with pytest.raises(UsageError, match="query_"):

        class Bad(Animal):
            query = TextAttribute()
