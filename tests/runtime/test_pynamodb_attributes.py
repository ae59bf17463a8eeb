"""PynamoDB's own attribute classes, and a user's, in a subclass of a generated model."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from typing import Any

import pytest
from pynamodb.attributes import (
    Attribute,
    BinaryAttribute,
    DiscriminatorAttribute,
    DynamicMapAttribute,
    JSONAttribute,
    ListAttribute,
    MapAttribute,
    NumberAttribute,
    NumberSetAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import AttributeNullError

from kxmodel.errors import ValidationFailed, ValueRefused
from kxmodel.runtime import (
    IntegerAttribute,
    Item,
    Map,
    TextAttribute,
    nested,
)
from kxmodel.runtime import (
    ListAttribute as KxListAttribute,
)
from tests.runtime.test_saving import put_raw, rex, stored
from tests.runtime.zoo import Animal

DIGITS = "1234567890123456789012345678901234.5678"


class Colour:
    """Something of the user's."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Colour) and other.name == self.name


class PickleAttribute(BinaryAttribute):
    """As PynamoDB's documentation shows a custom attribute."""

    def serialize(self, value: Any) -> Any:
        return super().serialize(pickle.dumps(value))

    def deserialize(self, value: Any) -> Any:
        return pickle.loads(super().deserialize(value))


class Hexadecimal(Attribute[int]):
    """A custom attribute on PynamoDB's base class."""

    attr_type = "S"

    def serialize(self, value: Any) -> Any:
        return f"{value:08x}"

    def deserialize(self, value: Any) -> Any:
        return int(value, 16)


class Car(MapAttribute):
    make = UnicodeAttribute()
    year = NumberAttribute(null=True)


class Boat(MapAttribute):
    name = UnicodeAttribute(attr_name="n")


class Toy(DynamicMapAttribute):
    name = UnicodeAttribute()


class Pet(Animal):
    """An animal with attributes of PynamoDB's, beyond those of the schema."""

    nickname = UnicodeAttribute(null=True, attr_name="nick")
    score = NumberAttribute(null=True, default=1)
    rank = NumberAttribute(null=True, default_for_new=lambda: 5)
    seen = UTCDateTimeAttribute(null=True)
    data = JSONAttribute(null=True)
    raw = MapAttribute(null=True)
    car = Car(null=True)
    toy = Toy(null=True)
    cars = ListAttribute(of=Car, null=True)
    mixed = ListAttribute(null=True)
    nicknames = UnicodeSetAttribute()
    numbers = NumberSetAttribute()
    colour = PickleAttribute(null=True, legacy_encoding=False)
    photo_code = BinaryAttribute(null=True, legacy_encoding=False)
    boat = Boat(null=True)
    code = Hexadecimal(null=True)


def pet(**values: Any) -> Pet:
    """A pet with a key."""
    return Pet(**{"tenant_id": "t1", "animal_id": "a1", "name": "Rex", **values})


def test_pynamodbs_attributes_go_both_ways(zoo: type[Animal]) -> None:
    values: dict[str, Any] = {
        "nickname": "R",
        "score": 2.5,
        "seen": datetime(2024, 1, 2, tzinfo=UTC),
        "data": {"a": [1, None]},
        "raw": {"x": 1, "y": {"z": ["t", None]}},
        "car": Car(make="Audi"),
        "toy": Toy(name="ball", size=3),
        "cars": [Car(make="VW", year=1975)],
        "mixed": ["bread", 1, [True]],
        "nicknames": {"a", "b"},
        "numbers": {1, 2},
        "colour": Colour("red"),
        "code": 255,
    }
    saved = pet(**values)
    saved.save()
    assert stored(saved)["nick"] == {"S": "R"}
    assert stored(saved)["seen"] == {"S": "2024-01-02T00:00:00.000000+0000"}
    assert stored(saved)["code"] == {"S": "000000ff"}
    found = Pet.get("t1#a1", "ANIMAL")
    assert type(found) is Pet
    assert (found.nickname, found.score, found.rank, found.seen) == ("R", 2.5, 5, values["seen"])
    assert (found.data, found.colour, found.code) == (values["data"], Colour("red"), 255)
    assert found.raw.as_dict() == values["raw"]
    assert found.raw["y"]["z"] == ["t", None]
    assert found.car.make == "Audi"
    assert (found.toy.name, found.toy.size) == ("ball", 3)
    assert [(car.make, car.year) for car in found.cars] == [("VW", 1975)]
    assert (found.mixed, found.nicknames, found.numbers) == (
        ["bread", 1, [True]],
        {"a", "b"},
        {1, 2},
    )
    found.save()
    assert Pet.get("t1#a1", "ANIMAL").to_item() == found.to_item()


def test_they_come_from_plain_json_as_it_was_made() -> None:
    made = pet(
        nickname="R",
        seen=datetime(2024, 1, 2, tzinfo=UTC),
        data={"a": [1, None]},
        raw={"x": 1, "y": {"z": ["t", None]}},
        car=Car(make="Audi"),
        toy=Toy(name="ball", size=3),
        cars=[Car(make="VW", year=1975)],
        mixed=["bread", 1, [True]],
        nicknames={"a", "b"},
        numbers={1, 2},
        photo_code=b"\x00",
        boat=Boat(name="Ann"),
    )
    again = Pet.from_json(made.to_json())
    assert again.to_item() == made.to_item()
    assert (again.data, again.seen, again.photo_code) == (made.data, made.seen, b"\x00")
    assert (again.boat.name, again.cars[0].year) == ("Ann", 1975)
    assert (again.nicknames, again.numbers) == (made.nicknames, made.numbers)


def test_what_is_in_no_stored_form_is_taken_as_it_is() -> None:
    assert Pet.from_json({"data": {"a": 1}}).data == {"a": 1}
    assert Pet.from_json({"boat": {"name": "Ann"}}).boat.name == "Ann"
    with pytest.raises(ValueError, match="wheels"):
        Pet.from_json({"car": {"make": "Audi", "wheels": 4}})
    # A user's own class reads what was stored, and not anybody's JSON.
    text = pet(colour=Colour("red")).to_json()["colour"]
    assert Pet.from_json({"colour": text}).colour == text


def test_they_stand_in_conditions_and_updates(zoo: type[Animal]) -> None:
    one = pet(car=Car(make="Audi"), raw={"n": 1}, cars=[Car(make="VW")], nicknames={"a"})
    one.save()
    conditions = [
        Pet.car.make == "Audi",
        Pet.raw["n"] == 1,
        Pet.cars[0].make.startswith("V"),
        Pet.nicknames.contains("a"),
        Pet.score == 1,
    ]
    assert [len(list(Pet.scan(condition))) for condition in conditions] == [1] * 5
    one.update(
        actions=[
            Pet.car.year.set(1999),
            Pet.raw["n"].set(2),
            Pet.score.set(Pet.score + 1),
            Pet.nicknames.add({"b"}),
            Pet.code.set(16),
            Pet.name.set("Max"),
        ]
    )
    assert (one.car.year, one.raw["n"], one.score, one.code) == (1999, 2, 2, 16)
    assert one.nicknames == {"a", "b"}
    assert one.label == "None/Max" or one.label is None


def test_defaults_are_for_new_objects_or_for_all(zoo: type[Animal]) -> None:
    assert (pet().score, pet().rank) == (1, 5)
    pet(score=None, rank=None).save()
    found = Pet.get("t1#a1", "ANIMAL")
    assert (found.score, found.rank) == (1, None)


def test_what_they_lack_is_told_with_everything_else() -> None:
    lacking = pet(legs=-1, car=Car(), cars=[Car(make="VW"), Car(year=1)])
    with pytest.raises(AttributeNullError) as caught:
        lacking.serialize()
    assert isinstance(caught.value, ValidationFailed)
    found = {problem.pointer for problem in caught.value.problems}
    assert found == {"legs", "car.make", "cars.[1].make"}
    assert caught.value.attr_path in found
    assert lacking.to_item()["car"] == {"M": {}}


def test_a_key_is_known_without_looking_at_the_rest(zoo: type[Animal]) -> None:
    pet().save()
    pet(car=Car(), code="no number").delete(add_version_condition=False)
    assert list(Pet.scan()) == []


def test_unchanged_values_of_theirs_go_back_as_they_were(zoo: type[Animal]) -> None:
    item: dict[str, Any] = {
        **pet().to_item(),
        "score": {"N": DIGITS},
        "car": {"M": {"make": {"S": "Audi"}, "year": {"N": DIGITS}, "unknown": {"NULL": True}}},
        "seen": {"S": "2024-01-02T00:00:00.000000+0000"},
        "numbers": {"NS": [DIGITS]},
        "created_at": {"S": "2024-01-02T00:00:00.000Z"},
    }
    put_raw(item)
    found = Pet.get("t1#a1", "ANIMAL")
    found.nickname = "new"
    found.save()
    after = stored(found)
    for name in ("score", "car", "seen", "numbers"):
        assert after[name] == item[name]
    assert after["nick"] == {"S": "new"}


# Discriminators


class Base(Animal):
    kind = DiscriminatorAttribute()


class Cat(Base, discriminator="cat"):
    lives: Any = IntegerAttribute(null=True)


class Lion(Cat, discriminator="lion"):
    pass


class Owl(Base, discriminator="owl"):
    pass


def test_a_users_hierarchy_has_discriminators(zoo: type[Animal]) -> None:
    for number, one in enumerate((Cat, Lion, Owl)):
        one(tenant_id="t1", animal_id=str(number), name="x").save()
    assert stored(Lion(tenant_id="t1", animal_id="1"))["kind"] == {"S": "lion"}
    keys = [(f"t1#{number}", "ANIMAL") for number in range(3)]
    assert [type(Base.get(*key)) for key in keys] == [Cat, Lion, Owl]
    assert {type(found) for found in Base.batch_get(keys)} == {Cat, Lion, Owl}
    assert {type(found) for found in Base.scan()} == {Cat, Lion, Owl}
    assert {type(found) for found in Cat.scan()} == {Cat, Lion}
    assert [type(found) for found in Lion.query("t1#1")] == [Lion]
    assert Cat.count("t1#2") == 0
    assert type(Lion.from_item(Base.get(*keys[1]).to_item())) is Lion
    with pytest.raises(ValueRefused, match="Owl"):
        Cat.get(*keys[2])
    lion = Base.get(*keys[1])
    lion.update(actions=[Cat.lives.set(9)])
    assert lion.lives == 9
    lion.refresh()
    assert type(lion) is Lion


def test_an_unknown_discriminator_ends_no_page(zoo: type[Animal]) -> None:
    item = Cat(tenant_id="t1", animal_id="0", name="x").to_item()
    put_raw({**item, "kind": {"S": "dinosaur"}})
    found = Base.get("t1#0", "ANIMAL")
    assert type(found) is Item
    assert found["kind"] == "dinosaur"


class Thing(Map):
    kind = DiscriminatorAttribute()


class Ball(Thing, discriminator="ball"):
    size: Any = IntegerAttribute(null=True)


class Stick(Thing, discriminator="stick"):
    wood: Any = TextAttribute(null=True)


class Player(Animal):
    toy: Any = nested(Thing, null=True)
    toys: Any = KxListAttribute(Thing, null=True)


def test_nested_structures_have_discriminators(zoo: type[Animal]) -> None:
    player = Player(
        tenant_id="t1", animal_id="0", name="x", toy=Ball(size=2), toys=[Stick(wood="oak"), Ball()]
    )
    player.save()
    found = Player.get("t1#0", "ANIMAL")
    assert type(found.toy) is Ball
    assert found.toy.size == 2
    assert [type(toy) for toy in found.toys] == [Stick, Ball]
    assert found.to_item() == player.to_item()
    found.update(actions=[Player.toy.set(Stick(wood="elm"))])
    assert type(found.toy) is Stick
    assert rex().to_item()["label"] == {"S": "dog/Rex"}
