"""A user's own subclass: what every read returns once the schema names it."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from pynamodb.transactions import TransactGet, TransactWrite

import kxmodel
from kxmodel.errors import ConfigError
from kxmodel.runtime import Entity
from tests.runtime.household import HouseholdTable, Person, Room
from tests.runtime.household_classes import Kitchen, Resident

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.engines import RunningEngine


@pytest.fixture
def house(engine: RunningEngine) -> Iterator[type[HouseholdTable]]:
    """The household's table with two people and a room."""
    HouseholdTable.create_table(wait=True)
    with HouseholdTable.batch_write() as batch:
        batch.save(Person(house="h1", name="Ann"))
        batch.save(Resident(house="h1", name="Bob"))
        batch.save(Room(house="h1", room="kitchen", size=9))
    yield HouseholdTable
    HouseholdTable.delete_table()


def test_every_read_returns_the_class_that_the_schema_names(house: type[HouseholdTable]) -> None:
    key = ("h1", "PERSON#Ann")
    with TransactGet(connection=kxmodel.connection()) as read:
        future = read.get(Person, *key)
    found = [
        Person.get(*key),
        HouseholdTable.get(*key),
        Room.get(*key),
        Person.find("h1", "Ann"),
        Person.only("Ann"),
        *Person.named("Ann"),
        *Person.kx.collection("household", ("h1",), 10, None, False).of(Person),
        *Person.query(*key[:1], Person.sk == key[1]),
        *Person.by_name_index.query("Ann"),
        *Person.batch_get([key]),
        *[one for one in HouseholdTable.scan() if isinstance(one, Person)],
        future.get(),
        Person.from_item(Person(house="h1", name="Ann").to_item()),
        Person.from_json({"house": "h1", "name": "Ann"}),
    ]
    assert {type(one) for one in found} == {Resident}
    assert {one.greeting() for one in found} == {"Ann of h1", "Bob of h1"}  # type: ignore[union-attr]  # just asked


def test_a_class_with_a_way_of_its_own_to_make_objects_is_asked(
    house: type[HouseholdTable], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def from_raw_data(cls: type[Person], data: dict[str, object]) -> object:
        asked.append(data["name"])
        return cls._instantiate(data)

    monkeypatch.setattr(Person, "from_raw_data", classmethod(from_raw_data))
    assert [one.name for one in Person.named("Ann")] == ["Ann"]
    assert asked == [{"S": "Ann"}]


def test_the_class_writes_as_its_base_does(house: type[HouseholdTable]) -> None:
    made = Resident(house="h2", name="Eve")
    assert made.to_item() == Person(house="h2", name="Eve").to_item()
    made.save()
    with TransactWrite(connection=kxmodel.connection()) as write:
        write.save(Resident(house="h2", name="Joe"))
    assert [one.name for one in HouseholdTable.query("h2")] == ["Eve", "Joe"]
    found = Resident.find("h2", "Eve")
    assert type(found) is Resident
    found.refresh()
    assert pickle.loads(pickle.dumps(found)).greeting() == "Eve of h2"
    found.delete()
    assert Resident.find("h2", "Eve") is None


def test_a_class_that_is_not_named_reads_as_itself(house: type[HouseholdTable]) -> None:
    key = ("h1", "ROOM#kitchen")
    kitchen = Kitchen.get(*key)
    assert type(kitchen) is Kitchen
    assert kitchen.cook() == "soup in kitchen"
    assert type(Room.get(*key)) is Room
    assert type(HouseholdTable.get(*key)) is Room
    assert {type(one) for one in Kitchen.query("h1")} == {Kitchen, Resident}
    kitchen.update(actions=[Kitchen.size.set(10)])
    assert Room.get(*key).size == 10
    assert type(Kitchen.from_json({"house": "h", "room": "r"})) is Kitchen


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("tests.runtime.nowhere:Resident", "cannot be imported"),
        ("tests.runtime.household_classes:Nobody", "cannot be imported"),
        ("tests.runtime.household_classes:Kitchen", "not a subclass of Person"),
    ],
)
def test_a_class_that_cannot_be_used_is_told(
    path: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Person.kx.entity
    named = Entity(known.name, known.keys, known.schema, known.indexes, user_class=path)
    monkeypatch.setattr(Person, "_kx_entity", named)
    monkeypatch.setattr(Person, "_kx_user_class", None)
    with pytest.raises(ConfigError, match=told):
        Person.from_json({"house": "h1", "name": "Ann"})


def test_one_binding_serves_many_threads(house: type[HouseholdTable]) -> None:
    def work(number: int) -> None:
        for step in range(6):
            Person(house=f"t{number}", name=f"n{step}").save()
            room = Room(house=f"t{number}", room=str(step))
            room.save()
            room.update(actions=[Room.size.set(step + 1)])
            found = Person.find(f"t{number}", f"n{step}")
            assert type(found) is Resident
            assert found.greeting() == f"n{step} of t{number}"
            assert len(Person.named(f"n{step}", limit=3)) >= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    clients = {id(model._get_connection().connection.client) for model in (Person, Room, Resident)}
    assert len(clients) == 1
    for number in range(8):
        items = list(HouseholdTable.query(f"t{number}", consistent_read=True))
        assert [type(one) for one in items] == [Resident] * 6 + [Room] * 6
        assert [one.size for one in items[6:]] == [1, 2, 3, 4, 5, 6]
