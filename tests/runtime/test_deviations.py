"""Each deliberate difference from PynamoDB's documented behaviour, as docs/deviations.md lists them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pynamodb.attributes import UnicodeAttribute
from pynamodb.connection.base import Connection
from pynamodb.exceptions import AttributeNullError, DoesNotExist, UpdateError
from pynamodb.indexes import GlobalSecondaryIndex as PynamoIndex
from pynamodb.transactions import TransactWrite

import kxmodel
from kxmodel.errors import (
    ImmutableError,
    ItemNotFound,
    PartialItemError,
    UsageError,
    ValidationFailed,
)
from kxmodel.runtime import Item, Model, TableMeta, TextAttribute
from tests.runtime.forum import Thread
from tests.runtime.household import HouseholdTable, Person, Room
from tests.runtime.household_classes import Resident
from tests.runtime.test_saving import put_raw, rex, stored
from tests.runtime.zoo import Animal, Keeper, Meal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.engines import RunningEngine

PAGE = Path(__file__).parents[2] / "docs" / "deviations.md"
DIGITS = "1234567890123456789012345678901234.5678"
KEY = ("t1#a1", "ANIMAL")


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Every request from here on: its operation and arguments."""
    sent: list[tuple[str, dict[str, Any]]] = []
    dispatch: Any = Connection.dispatch

    def record(self: Connection, operation: str, arguments: dict[str, Any]) -> Any:
        sent.append((operation, arguments))
        return dispatch(self, operation, arguments)

    monkeypatch.setattr(Connection, "dispatch", record)
    return sent


@pytest.fixture
def household(engine: RunningEngine) -> Iterator[type[HouseholdTable]]:
    """The table with two entities, and an item of none."""
    HouseholdTable.create_table(wait=True)
    Person(house="h1", name="Ann").save()
    Room(house="h1", room="kitchen").save()
    table = HouseholdTable._get_connection()
    table.put_item("h1", range_key="ALIEN#x", attributes={"eyes": {"N": "3"}})
    yield HouseholdTable
    HouseholdTable.delete_table()


def test_the_page_names_every_test_here_and_only_tests_that_exist() -> None:
    named = re.findall(r"`(tests/runtime/(\w+)\.py)::(\w+)`", PAGE.read_text("utf-8"))
    for _, module, test in named:
        assert callable(getattr(import_module(f"tests.runtime.{module}"), test))
    here = {name for name in globals() if name.startswith("test_")}
    here.discard("test_the_page_names_every_test_here_and_only_tests_that_exist")
    assert {test for _, module, test in named if module == "test_deviations"} == here
    sections = PAGE.read_text("utf-8").split("\n### ")[1:]
    for section in sections:
        for part in ("PynamoDB:", "kxmodel:", "Why:", "Test:"):
            assert f"\n{part} " in section, section.splitlines()[0]


# Reading


def test_unknown_attributes_survive(zoo: type[Animal]) -> None:
    put_raw({**rex().to_item(), "unknown": {"SS": ["x"]}})
    animal = Animal.get(*KEY)
    animal.name = "Max"
    animal.save()
    assert stored(animal)["unknown"] == {"SS": ["x"]}
    assert animal.kx.extra == {"unknown": {"x"}}


def test_a_stored_value_of_another_type_is_read_as_it_is(zoo: type[Animal]) -> None:
    put_raw({**rex().to_item(), "legs": {"S": "four"}})
    animal = Animal.get(*KEY)
    assert animal.legs == "four"
    animal.name = "Max"
    animal.save()
    assert stored(animal)["legs"] == {"S": "four"}


def test_numbers_read_as_their_kind_and_keep_their_digits(zoo: type[Animal]) -> None:
    put_raw({**rex(legs=4, price=Decimal("1.10")).to_item(), "weight": {"N": DIGITS}})
    animal = Animal.get(*KEY)
    assert (type(animal.legs), type(animal.weight), type(animal.price)) == (int, float, Decimal)
    animal.save()
    assert stored(animal)["weight"] == {"N": DIGITS}
    animal.price = Decimal("0.1")
    assert animal.to_item()["price"] == {"N": "0.1"}


def test_times_are_stored_with_milliseconds_and_z() -> None:
    animal = rex(born=datetime(2024, 1, 15, 10, 30, tzinfo=UTC))
    assert animal.to_item()["born"] == {"S": "2024-01-15T10:30:00.000Z"}
    with pytest.raises(ValidationFailed, match="time zone"):
        rex(born=datetime(2024, 1, 15)).serialize()
    old = Animal.from_item({**animal.to_item(), "born": {"S": "2024-01-15T10:30:00.000000+0000"}})
    assert old.to_item()["born"] == {"S": "2024-01-15T10:30:00.000000+0000"}


def test_each_item_of_a_table_comes_as_its_own_class(household: type[HouseholdTable]) -> None:
    for model in (HouseholdTable, Person, Room):
        found = list(model.query("h1"))
        assert [type(one) for one in found] == [Item, Resident, Room]
    alien = HouseholdTable.get("h1", "ALIEN#x")
    assert isinstance(alien, Item)
    assert alien == {"PK": "h1", "SK": "ALIEN#x", "eyes": 3}
    assert Person.count("h1") == 3


def test_an_object_read_in_part_cannot_be_saved(zoo: type[Animal]) -> None:
    rex().save()
    for part in (
        Animal.get(*KEY, attributes_to_get=["PK", "SK", "name"]),
        next(Animal.by_weight_index.query("t1#dog")),
        next(Animal.query("t1#dog", None, None, False, "GSI2")),
    ):
        with pytest.raises(PartialItemError):
            part.save()
        part.update(actions=[Animal.legs.set(4)], add_version_condition=False)
        part.save()


def test_what_is_read_in_part_is_still_known(household: type[HouseholdTable]) -> None:
    wanted: list[Any] = ["size"]
    key = ("h1", "ROOM#kitchen")
    for part in (
        Room.get(*key, attributes_to_get=wanted),
        next(Room.query("h1", Room.sk == key[1], attributes_to_get=wanted)),
        *Room.batch_get([key], attributes_to_get=wanted),
        *(one for one in Person.scan(attributes_to_get=[Room.size]) if isinstance(one, Room)),
        Room.get(*key, attributes_to_get="size"),  # type: ignore[arg-type]  # PynamoDB takes it
    ):
        assert type(part) is Room
        assert (part.pk, part.sk, part.house) == (*key, None)
        part.update(actions=[Room.size.set(9)])
        assert (part.house, part.size) == ("h1", 9)
    (resident,) = Person.by_name_index.query("Ann", attributes_to_get=["name", "SK"])
    assert type(resident) is Resident
    assert wanted == ["size"]


# Writing


def test_a_put_is_judged_whole_before_it_is_sent(
    zoo: type[Animal], requests: list[tuple[str, dict[str, Any]]]
) -> None:
    bad = rex(name="", legs=-1, born="yesterday")
    with pytest.raises(ValidationFailed) as caught:
        bad.save()
    assert {problem.pointer for problem in caught.value.problems} == {"name", "legs", "born"}
    with pytest.raises(ValidationFailed), Animal.batch_write() as batch:
        batch.save(bad)
    with (
        pytest.raises(ValidationFailed),
        TransactWrite(connection=kxmodel.connection()) as transaction,
    ):
        transaction.save(bad)
    assert requests == []


def test_what_is_required_is_the_schemas_word() -> None:
    with pytest.raises(AttributeNullError) as caught:
        Animal(tenant_id="t1", animal_id="a1").serialize()
    assert isinstance(caught.value, ValidationFailed)
    assert caught.value.attr_path == "name"
    assert not Keeper.email.null
    assert Meal.what.null
    with pytest.raises(AttributeNullError) as caught:
        rex(keeper=Keeper(shift=1)).serialize()
    assert caught.value.attr_path == "keeper.email"


def test_values_are_normalised_and_judged_when_they_are_written() -> None:
    animal = rex(keeper={"email": "Kim@EXAMPLE.com"}, expires="soon", legs="four")
    assert animal.keeper is not None
    assert animal.keeper.email == "Kim@EXAMPLE.com"
    with pytest.raises(ValidationFailed) as caught:
        animal.serialize()
    assert {problem.pointer for problem in caught.value.problems} == {"expires", "legs"}
    assert animal.keeper.email == "kim@example.com"


def test_keys_and_derived_attributes_are_computed() -> None:
    animal = rex()
    item = animal.serialize()
    assert (item["PK"], item["GSI2PK"]) == ({"S": "t1#a1"}, {"S": "t1#dog"})
    same = Animal("t1#a1", "ANIMAL", tenant_id="t1", animal_id="a1", name="Rex")
    assert same.serialize()["PK"] == {"S": "t1#a1"}
    other = Animal("t1#a2", "ANIMAL", tenant_id="t1", animal_id="a1", name="Rex")
    with pytest.raises(ValidationFailed, match="derived"):
        other.serialize()


def test_a_stored_object_keeps_its_key(engine: RunningEngine) -> None:
    Thread.create_table(wait=True)
    thread = Thread("db", "one")
    thread.save()
    thread.subject = "two"
    with pytest.raises(ImmutableError):
        thread.save()
    Thread("db", "two").save()
    assert Thread.count("db") == 2
    Thread.delete_table()


def test_times_and_ulids_are_made_by_a_save(zoo: type[Animal]) -> None:
    animal = rex()
    animal.save()
    first = animal.updated_at
    assert animal.created_at == first
    animal.save()
    assert animal.updated_at >= first
    assert animal.created_at == first


def test_null_that_was_stored_is_written_back(zoo: type[Animal]) -> None:
    put_raw({**rex(weight=None).to_item(), "weight": {"NULL": True}})
    animal = Animal.get(*KEY)
    assert animal.weight is None
    animal.save()
    assert stored(animal)["weight"] == {"NULL": True}
    animal.legs = None
    animal.save()
    assert "legs" not in stored(animal)


# Updates


def test_update_creates_nothing_unless_asked(zoo: type[Animal]) -> None:
    absent = Animal(tenant_id="t1", animal_id="a1")
    with pytest.raises(ItemNotFound) as caught:
        absent.update(actions=[Animal.legs.set(4)])
    for kind in (DoesNotExist, Animal.DoesNotExist, UpdateError):
        assert isinstance(caught.value, kind)
    absent.update(actions=[Animal.name.set("Rex")], upsert=True)
    assert stored(absent)["name"] == {"S": "Rex"}


def test_update_carries_the_keys_along(
    zoo: type[Animal], requests: list[tuple[str, dict[str, Any]]]
) -> None:
    animal = rex()
    animal.save()
    requests.clear()
    animal.update(actions=[Animal.name.set("Max")])
    ((operation, arguments),) = requests
    assert operation == "UpdateItem"
    names = set(arguments["ExpressionAttributeNames"].values())
    assert {"name", "GSI1SK", "label", "updated_at", "species"} <= names
    assert (stored(animal)["GSI1SK"], stored(animal)["label"]) == ({"S": "Max"}, {"S": "dog/Max"})
    for action in (Animal.gsi1_sk.set("x"), Animal.label.remove()):
        with pytest.raises(ValidationFailed, match="derived"):
            animal.update(actions=[action])


def test_update_is_made_again_when_a_source_changed(
    zoo: type[Animal], requests: list[tuple[str, dict[str, Any]]]
) -> None:
    rex().save()
    stale = Animal.get(*KEY)
    Animal.get(*KEY).update(actions=[Animal.alive.set(False)])
    requests.clear()
    stale.update(actions=[Animal.weight.set(1)], add_version_condition=False)
    assert [operation for operation, _ in requests].count("UpdateItem") == 2
    assert "GSI2SK" not in stored(stale)
    stale = Animal.get(*KEY)
    Animal.get(*KEY).update(actions=[Animal.alive.set(True)])
    with pytest.raises(UpdateError) as caught:
        stale.update(
            actions=[Animal.weight.set(2)],
            condition=Animal.alive == False,  # noqa: E712
            add_version_condition=False,
        )
    assert caught.value.cause_response_code == "ConditionalCheckFailedException"
    assert stored(stale)["weight"] == {"N": "1"}


def test_set_none_removes(zoo: type[Animal]) -> None:
    animal = rex(tags={"a"})
    animal.save()
    animal.update(actions=[Animal.weight.set(None), Animal.tags.set(set())])
    assert not {"weight", "tags"} & set(stored(animal))


def test_update_is_judged_before_it_is_sent(
    zoo: type[Animal], requests: list[tuple[str, dict[str, Any]]]
) -> None:
    animal = rex()
    animal.save()
    requests.clear()
    with pytest.raises(ValidationFailed) as caught:
        animal.update(actions=[Animal.legs.set(-1), Animal.name.remove()])
    assert {problem.pointer for problem in caught.value.problems} == {"legs", "name"}
    for action in (Animal.tenant_id.set("t2"), Animal.pk.set("x"), Animal.species.set("cat")):
        with pytest.raises(ImmutableError):
            animal.update(actions=[action])
    assert requests == []


def test_the_callers_list_of_actions_is_left_alone(zoo: type[Animal]) -> None:
    animal = rex()
    animal.save()
    actions = [Animal.legs.set(4)]
    animal.update(actions=actions)
    animal.update(actions=actions)
    with TransactWrite(connection=kxmodel.connection()) as transaction:
        transaction.update(animal, actions=actions)
    assert len(actions) == 1


def test_a_transactions_update_guards_its_keys(
    zoo: type[Animal], requests: list[tuple[str, dict[str, Any]]]
) -> None:
    rex().save()
    unread = Animal(tenant_id="t1", animal_id="a1")
    requests.clear()
    with TransactWrite(connection=kxmodel.connection()) as transaction:
        transaction.update(unread, actions=[Animal.name.set("Max")], add_version_condition=False)
    assert [operation for operation, _ in requests] == ["GetItem", "TransactWriteItems"]
    ((_, sent),) = requests[1:]
    assert "ConditionExpression" in sent["TransactItems"][0]["Update"]
    assert stored(unread)["GSI1SK"] == {"S": "Max"}


def test_a_version_only_counts_up(zoo: type[Animal]) -> None:
    rex().save()
    unread = Animal(tenant_id="t1", animal_id="a1")
    unread.update(actions=[Animal.name.set("Max")], add_version_condition=False)
    assert stored(unread)["version"] == {"N": "2"}


def test_an_object_holds_what_its_transaction_wrote(zoo: type[Animal]) -> None:
    rex().save()
    animal = Animal.get(*KEY)
    with TransactWrite(connection=kxmodel.connection()) as transaction:
        transaction.update(animal, actions=[Animal.name.set("Max")])
    animal.legs = 4
    animal.save()
    assert stored(animal)["name"] == {"S": "Max"}


def test_a_list_given_to_a_set_attribute_is_a_set() -> None:
    assert rex(tags=["b", "a", "b"]).serialize()["tags"] == {"SS": ["a", "b"]}


# Conditions


def test_a_conditions_value_is_normalised(zoo: type[Animal]) -> None:
    rex().save()
    assert len(list(Animal.scan(Animal.keeper.email == "KIM@Example.COM"))) == 1
    assert len(list(Animal.scan(Animal.keeper.phone == "+1 954 555 0123"))) == 1


# Nested structures


def test_nested_structures_keep_unknown_members_and_compare_by_value() -> None:
    keeper = Keeper(email="a@b.co", shift=1)
    assert keeper == Keeper(email="a@b.co", shift=1)
    assert keeper != Keeper(email="a@b.co", shift=2)
    animal = Animal.from_item(
        {**rex().to_item(), "keeper": {"M": {"email": {"S": "a@b.co"}, "odd": {"N": "1"}}}}
    )
    assert animal.keeper is not None
    assert animal.keeper.extra == {"odd": 1}
    animal.keeper.email = "c@d.co"
    assert animal.to_item()["keeper"] == {"M": {"email": {"S": "c@d.co"}, "odd": {"N": "1"}}}


def test_dicts_use_stored_names() -> None:
    class Owner(Keeper):
        full_name: Any = TextAttribute(attr_name="fullName", null=True)

    stored_names = Owner.from_mapping({"fullName": "Kim", "other": 1})
    assert stored_names.full_name == "Kim"
    assert stored_names.extra == {"other": 1}
    animal = rex(keeper={"email": "a@b.co", "unheard": True})
    assert animal.keeper is not None
    assert animal.keeper.extra == {"unheard": True}


def test_the_base_of_nested_structures_is_no_raw_map() -> None:
    with pytest.raises(ValueError, match="colour"):
        Keeper(colour="red")
    assert rex(anything={"colour": "red"}).to_item()["anything"] == {"M": {"colour": {"S": "red"}}}


# Other forms


def test_dicts_of_pynamodb_hold_the_whole_item() -> None:
    animal = Animal.from_item({**rex().to_item(), "unknown": {"S": "x"}})
    assert animal.to_simple_dict()["unknown"] == "x"
    assert rex().to_dynamodb_dict()["GSI2PK"] == {"S": "t1#dog"}
    fresh = Animal()
    fresh.from_dynamodb_dict({"legs": {"N": "-1"}, "unknown": {"S": "x"}})
    assert fresh.kx.extra == {"unknown": "x"}
    with pytest.raises(ValidationFailed, match="legs"):
        fresh.serialize()


# Classes and connections


def test_a_table_has_the_prefix_of_the_binding() -> None:
    with kxmodel.bind(region="us-east-1", table_prefix="dev-"):
        assert Thread.Meta.table_name == "dev-threads"
        assert Thread._get_connection().table_name == "dev-threads"
    assert Thread.Meta.declared_table_name == "threads"


def test_connected_models_follow_a_new_binding() -> None:
    with kxmodel.bind(endpoint_url="http://localhost:1", region="us-east-1"):
        first = Thread._get_connection().connection.client.meta.endpoint_url
        with kxmodel.bind(endpoint_url="http://localhost:2"):
            second = Thread._get_connection().connection.client.meta.endpoint_url
        third = Thread._get_connection().connection.client.meta.endpoint_url
    assert (first, second, third) == ("http://localhost:1", "http://localhost:2", first)


def test_retries_are_those_of_the_aws_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "7")
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")
    with kxmodel.bind(endpoint_url="http://localhost:1", region="us-east-1"):
        retries = Thread._get_connection().connection.client.meta.config.retries
    assert retries == {"total_max_attempts": 7, "mode": "standard"}


def test_an_attribute_cannot_hide_a_member_of_the_model() -> None:
    with pytest.raises(UsageError, match="update_"):

        class Hiding(Animal):
            update: Any = UnicodeAttribute()


def test_an_index_class_may_be_used_twice() -> None:
    names = {index.Meta.index_name for index in Thread._indexes.values()}
    assert names == {"views", "first", "second"}
    assert isinstance(Thread.first, PynamoIndex)


def test_a_model_has_an_entity() -> None:
    class Bare(Model):
        class Meta(TableMeta):
            table_name = "bare"

        name: Any = UnicodeAttribute(hash_key=True)

    with pytest.raises(UsageError, match="Bare"):
        Bare("x").serialize()
    assert isinstance(Bare.from_raw_data({"name": {"S": "x"}}), Item)


def test_kxmodels_attributes_are_refined_by_their_own_verbs() -> None:
    class Shouted(TextAttribute):
        """What a subclass of a class of ours overrides."""

        def normalise(self, value: object) -> object:
            return str(super().normalise(value)).upper()

        def serialize(self, value: Any) -> Any:
            return "not asked by a save"

    class Loud(Animal):
        shout: Any = Shouted(null=True)

    loud = Loud(tenant_id="t1", animal_id="a1", name="Rex", shout="hey")
    assert loud.serialize()["shout"] == {"S": "HEY"}
