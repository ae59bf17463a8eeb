"""Values and calls at the edge: each one was wrong once, or could have been."""

from __future__ import annotations

import copy
import pickle
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pynamodb.exceptions import PutError
from pynamodb.expressions.operand import Path
from pynamodb.transactions import TransactWrite

import kxmodel
from kxmodel import engines
from kxmodel.errors import EngineError, ItemTooLarge, ValidationFailed
from kxmodel.models import Message, Persona
from kxmodel.runtime import GlobalSecondaryIndex, IndexMeta, KeyAttribute, KeysOnlyProjection
from kxmodel.testing.ci import skip_or_fail
from kxmodel.values import item_size, new_ulid
from tests.runtime.crates import Crate
from tests.runtime.test_saving import put_raw, rex, stored
from tests.runtime.test_updating import assert_keys_follow, handle
from tests.runtime.zoo import Animal, Keeper, Meal

FREE = {"add_version_condition": False}
KEY = {
    "PK": {"S": "t1#a1"},
    "SK": {"S": "ANIMAL"},
    "tenantId": {"S": "t1"},
    "animalId": {"S": "a1"},
    "name": {"S": "Rex"},
}


@pytest.fixture(scope="module")
def running() -> Iterator[engines.RunningEngine]:
    """dynoxide alone: what is tried here is ours, and not the engine's."""
    try:
        found = engines.start("dynoxide")
    except EngineError as error:
        skip_or_fail(str(error))
    with found:
        yield found


@pytest.fixture
def zoo(running: engines.RunningEngine) -> Iterator[type[Animal]]:
    with kxmodel.bind(endpoint_url=running.endpoint_url, region="us-east-1"):
        Animal.create_table(wait=True)
        yield Animal
        Animal.delete_table()


def nest(levels: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(levels - 1):
        found = [found]
    return found


def endless() -> list[Any]:
    found: list[Any] = []
    found.append(found)
    return found


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("weight", float("nan"), "not finite"),
        ("weight", float("inf"), "not finite"),
        ("weight", 10**400, "digits"),
        ("weight", b"1", "number"),
        ("price", Decimal("NaN"), "not finite"),
        ("price", Decimal("sNaN"), "not finite"),
        ("price", Decimal("1E+126"), "magnitude"),
        ("name", "\ud800", "surrogate"),
        ("name", b"Rex", "stored as S"),
        ("notes", ["a", "\udfff"], "surrogate"),
        ("notes", {"a", "b"}, "stored as L"),
        ("photo", "text", "stored as B"),
        ("tags", {b"a"}, "stored as SS"),
        ("tags", [["unhashable"]], "a set holds"),
        ("anything", {"\ud800": 1}, "surrogate"),
        ("anything", nest(33), "32 levels"),
        ("anything", nest(5000), "32 levels"),
        ("anything", endless(), "32 levels"),
        ("anything", {1: "x"}, "name is text"),
        ("anything", {"x": set()}, "not empty"),
        ("anything", object(), "no type"),
        ("counts", {1: 2}, "are text"),
        ("meals", [{"x": object()}], "no type"),
        ("keeper", {"email": "a@b.co", "phone": 5}, "phone number"),
        ("expires", 10**30, "years 1 to 9999"),
        ("expires", timedelta.max, "years 1 to 9999"),
        ("expires", 1.5, "whole seconds"),
        ("expires", datetime(2030, 1, 1), "time zone"),
        ("born", datetime.min.replace(tzinfo=timezone(timedelta(hours=5))), "years 1 to 9999"),
        ("version", float("inf"), "not finite"),
    ],
)
@pytest.mark.parametrize("is_stored", [False, True])
def test_what_cannot_be_stored_is_a_problem_at_its_path(
    name: str, value: object, told: str, is_stored: bool
) -> None:
    old = rex(weight=1, price=1, tags={"z"}, expires=1, version=1).serialize()
    animal = Animal.from_item(old) if is_stored else rex()
    setattr(animal, name, value)
    with pytest.raises(ValidationFailed, match=told) as caught:
        animal.serialize()
    assert {str(problem.path[0]) for problem in caught.value.problems} == {name}


def test_the_deepest_value_is_stored(zoo: type[Animal]) -> None:
    rex(anything=nest(31)).save()
    assert Animal.get("t1#a1", "ANIMAL").anything == nest(31)


def test_what_counts_as_a_value_of_the_type() -> None:
    item = rex(
        tags=["b", "a"], sizes=(1, 2.5), photo=bytearray(b"x"), expires=7, price=1.10
    ).serialize()
    assert item["tags"] == {"SS": ["a", "b"]}
    assert item["sizes"] == {"NS": ["1", "2.5"]}
    assert item["photo"] == {"B": b"x"}
    assert item["expires"] == {"N": "7"}
    assert item["price"] == {"N": "1.1"}
    assert "tags" not in rex(tags=[]).serialize()
    assert "tags" not in rex(tags=set()).serialize()


def test_an_ambiguous_hour_is_two_instants() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2024, 10, 27, 2, 30, tzinfo=berlin)
    animal = Animal.from_item(rex(born=first).serialize())
    assert animal.serialize()["born"] == {"S": "2024-10-27T00:30:00.000Z"}
    animal.born = first.replace(fold=1)
    assert animal.serialize()["born"] == {"S": "2024-10-27T01:30:00.000Z"}


def test_a_set_of_numbers_loses_the_one_that_is_removed() -> None:
    animal = Animal.from_item(
        {**KEY, "sizes": {"NS": ["2", "10.0"]}, "anything": {"NS": ["2", "10.0"]}}
    )
    animal.sizes.discard(2.0)
    animal.anything.discard(2)
    item = animal.to_item()
    assert item["sizes"] == item["anything"] == {"NS": ["10.0"]}
    close = ["1.00000000000000000000001", "1.00000000000000000000002"]
    animal = Animal.from_item({**KEY, "sizes": {"NS": close}})
    animal.sizes.add(5.0)
    assert set(animal.to_item()["sizes"]["NS"]) == {*close, "5"}


def test_a_tree_twice_as_deep_is_twice_the_work() -> None:
    """No part is written anew for each of those that it is in."""

    def written(depth: int) -> tuple[Crate, int]:
        tree: Any = {"M": {"name": {"S": "leaf"}}}
        for level in range(depth):
            tree = {"M": {"name": {"S": str(level)}, "parts": {"L": [tree]}}}
        item = {"PK": {"S": "CRATE#1"}, "id": {"S": "1"}, "node": tree}
        crate = Crate.from_item(item)
        calls: list[str] = []
        before = sys.getprofile()
        sys.setprofile(lambda frame, event, of: calls.append(event) if event == "call" else None)
        try:
            made = crate.to_item()
        finally:
            sys.setprofile(before)
        assert made == item
        return crate, len(calls)

    written(1)  # what is done but once is done now
    (_, few), (crate, many) = written(7), written(14)
    assert few < many < 3 * few
    # A default for new objects is none for what was read.
    assert crate.node.fresh is None


def test_what_was_tried_once_can_be_changed_and_tried_again(zoo: type[Animal]) -> None:
    animal = rex()
    with Animal.batch_write() as batch:
        batch.save(animal)
    animal.name = "Max"
    animal.save()
    assert stored(animal)["GSI1SK"] == {"S": "Max"}
    again = Animal.get("t1#a1", "ANIMAL")
    again.name = "Bo"
    with pytest.raises(PutError):
        again.save(condition=Animal.legs == 99)
    again.name = "Ben"
    again.save()
    assert_keys_follow(again)
    again.gsi1_sk = "mine"
    with pytest.raises(ValidationFailed, match="GSI1SK"):
        again.save()


def test_save_update_and_transactions_of_one_object_in_turn(zoo: type[Animal]) -> None:
    animal = rex()
    animal.save()
    animal.update(actions=[Animal.legs.set(3)])
    animal.weight = 5
    animal.save()
    with TransactWrite(connection=kxmodel.connection()) as transaction:
        transaction.save(animal)
    animal.update(actions=[Animal.name.set("Max")])
    animal.save()
    item = stored(animal)
    assert (item["version"], item["legs"]) == ({"N": "6"}, {"N": "3"})
    assert item["GSI2SK"] == {"S": "0000005.00"}
    assert item["created_at"] == animal.to_item()["created_at"]
    assert animal._kx_stored == item


def test_actions_and_conditions_can_be_used_again(zoo: type[Animal]) -> None:
    animal, other = rex(), rex(animal_id="a2")
    animal.save()
    other.save()
    actions = [Animal.name.set("Max"), Animal.keeper.phone.set("+1 954 555 0100")]
    condition = Animal.legs.does_not_exist() & (Animal.name != "x")
    for target in (animal, other, animal):
        target.update(actions=actions, condition=condition)
        with TransactWrite(connection=kxmodel.connection()) as transaction:
            transaction.update(target, actions=actions, condition=condition)
        target.save(condition=condition)
    assert len(actions) == 2
    assert stored(animal)["version"] == {"N": "7"}
    assert_keys_follow(other)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda found: pickle.loads(pickle.dumps(found))])
def test_a_copy_knows_what_the_original_knew(copied: Any) -> None:
    item = {
        **KEY,
        "weight": {"N": "1.50"},
        "keeper": {"M": {"email": {"S": "X"}, "y": {"N": "2.0"}}},
    }
    found = copied(Animal.from_item(item))
    assert found.to_item() == item
    found.keeper.shift = 1
    assert found.to_item()["keeper"]["M"] == {**item["keeper"]["M"], "shift": {"N": "1"}}
    assert "shift" not in Animal.from_item(item).to_item()["keeper"]["M"]


def test_a_nested_object_may_stand_in_two_items() -> None:
    keeper = Keeper(email="A@b.co", phone="+1 954 555 0100")
    one, two = rex(keeper=keeper), rex(animal_id="a2", keeper=keeper)
    assert one.serialize()["keeper"] == two.serialize()["keeper"]
    read = Animal.from_item({**KEY, "keeper": {"M": {"email": {"S": "a@b.co"}, "y": {"N": "2.0"}}}})
    two.keeper = read.keeper
    assert two.serialize()["keeper"] == read.to_item()["keeper"]
    two = rex(meals=[Meal(what="x", grams=1)] * 2)
    assert two.serialize()["meals"]["L"] == [{"M": {"what": {"S": "x"}, "grams": {"N": "1"}}}] * 2


def test_the_limit_of_an_item_is_exact_and_counts_the_version(zoo: type[Animal]) -> None:
    empty = item_size({**rex(photo=b"").serialize(), "version": {"N": "1"}})
    rex(photo=b"x" * (409_600 - empty)).save()
    assert item_size(stored(rex())) == 409_600
    with pytest.raises(ItemTooLarge, match="409,601"):
        rex(photo=b"x" * (409_601 - empty)).serialize()


@pytest.mark.parametrize(
    ("action", "path", "told"),
    [
        (lambda: Animal.legs.set(Animal.legs | -5), "legs", "at least 0"),
        (lambda: Animal.keeper.phone.set(Animal.keeper.phone | "x"), "keeper.phone", "phone"),
        (lambda: Animal.notes.set(Animal.notes.append([5])), "notes[0]", "must be text"),
        (lambda: Animal.notes[7].set(3), "notes[7]", "must be text"),
        (lambda: Animal.weight.add(-100), "weight", "at least 0"),
        (lambda: Animal.weight.set(Animal.weight - 100), "weight", "at least 0"),
        (lambda: Animal.legs.add(1.5), "legs", "whole number"),
        (lambda: Animal.legs.set(Animal.legs - 0.5), "legs", "whole number"),
        (lambda: Animal.counts["walks"].add(Decimal("0.1")), "counts.walks", "whole number"),
        (lambda: Animal.tags.add({"as long as a name"}), "tags[0]", "at most 12"),
        (lambda: Animal.tags.add(set()), "tags", "no empty set"),
        (lambda: Animal.tags.set(Animal.tags | set()), "tags", "no empty set"),
        (lambda: Animal.tags.delete(set()), "tags", "no empty set"),
        (lambda: Animal.version.set(7), "version", "counted"),
        (lambda: Animal.anything.set({"x": "\ud800"}), "anything", "surrogate"),
        (lambda: Animal.photo.set("text"), "photo", "stored as B"),
        (lambda: Animal.keeper.set("nobody"), "keeper", "must be an object"),
        (lambda: Animal.photo.set(b"x" * 409_601), "(item)", "409,600"),
    ],
)
@pytest.mark.parametrize("loaded", [True, False])
def test_an_update_is_judged_by_all_that_it_brings(
    zoo: type[Animal], action: Any, path: str, told: str, loaded: bool
) -> None:
    rex(notes=[]).save()
    target = Animal.get("t1#a1", "ANIMAL") if loaded else handle()
    with pytest.raises(ValidationFailed, match=told) as caught:
        target.update(actions=[action()], **FREE)
    assert {problem.pointer for problem in caught.value.problems} == {path}
    assert stored(rex())["version"] == {"N": "1"}


def test_what_a_computed_value_may_bring_is_normalised(zoo: type[Animal]) -> None:
    rex(keeper={"email": "a@b.co"}).save()
    handle().update(
        actions=[
            Animal.keeper.phone.set(Animal.keeper.phone | "+1 (954) 555-0100"),
            Path("backup").set(Animal.keeper),
            Animal.anything.set(Animal.keeper.email),
        ],
        **FREE,
    )
    item = stored(rex())
    assert item["GSI1PK"] == {"S": "t1#+19545550100"}
    assert item["backup"] == {"M": {"email": {"S": "a@b.co"}}}
    assert item["anything"] == {"S": "a@b.co"}


def test_an_update_keeps_the_digits_that_it_is_given(zoo: type[Animal]) -> None:
    rex().save()
    digits = Decimal("0.1234567890123456789012345678901234567")
    handle().update(
        actions=[
            Animal.readings.set(Animal.readings | [digits, 1.5]),
            Animal.meals.set([{"what": "soup", "grams": digits, "salt": digits}]),
            Animal.sizes.set({digits, 10**30, 10**30 + 1}),
        ],
        **FREE,
    )
    item = stored(rex())
    exact = {"N": str(digits)}
    assert item["readings"] == {"L": [exact, {"N": "1.5"}]}
    assert item["meals"]["L"] == [{"M": {"what": {"S": "soup"}, "grams": exact, "salt": exact}}]
    assert {*item["sizes"]["NS"]} == {str(digits), str(10**30), str(10**30 + 1)}


def test_a_failed_update_leaves_what_was_read_alone(zoo: type[Animal]) -> None:
    rex(keeper=None).save()
    animal = Animal.get("t1#a1", "ANIMAL")
    before = copy.deepcopy(animal._kx_stored)
    with pytest.raises(kxmodel.KxError):
        animal.update(actions=[Path(["a", "b", "c"]).set(1), Animal.legs.set(-1)])
    assert animal._kx_stored == before


def test_an_item_with_a_key_of_old_is_written_under_it(zoo: type[Animal]) -> None:
    put_raw({**KEY, "PK": {"S": "T1#A1"}})
    animal = Animal.get("T1#A1", "ANIMAL")
    animal.update(actions=[Animal.keeper.set({"email": "a@b.co", "phone": "+19545550100"})])
    animal.legs = 3
    animal.save()
    with Animal.batch_write() as batch:
        batch.save(animal)
    assert [found.pk for found in Animal.scan()] == ["T1#A1"]
    assert stored(animal)["GSI1PK"] == {"S": "t1#+19545550100"}
    animal.delete()
    assert list(Animal.scan()) == []


def test_a_flaw_of_old_in_a_source_stops_no_write_beside_it(
    running: engines.RunningEngine,
) -> None:
    with kxmodel.bind(endpoint_url=running.endpoint_url, region="us-east-1"):
        Persona.create_table(wait=True)
        old = {
            **Persona(tenant_id="t1", persona_id="p", status="active").serialize(),
            "status": {"S": "in#valid"},
            "GSI1SK": {"S": "in#valid#2024"},
        }
        Persona._get_connection().connection.client.put_item(
            TableName=Persona.Meta.table_name, Item=old
        )
        persona = Persona.get("t1#p", "CONFIG")
        persona.created_by = "me"
        persona.save()
        persona.update(actions=[Persona.updated_by.set("me")])
        assert persona.gsi1_sk == "in#valid#2024"
        with pytest.raises(ValidationFailed, match="status"):
            persona.update(actions=[Persona.status.set("still#invalid")])
        persona.update(actions=[Persona.status.set("active")])
        assert persona.gsi1_sk.startswith("active#20")
        Persona.delete_table()


def test_a_message_and_its_ulid_agree_however_it_is_made(running: engines.RunningEngine) -> None:
    given: dict[str, Any] = {"tenant_id": "t1", "email_lc": "a@b.co"}
    told = {"source": "chat", "direction": "inbound", "text": "x"}
    with pytest.raises(ValidationFailed, match="1970") as caught:
        Message(**given, **told, created_at=datetime(1960, 1, 1, tzinfo=UTC)).serialize()
    assert "created_at" in {problem.pointer for problem in caught.value.problems}
    with kxmodel.bind(endpoint_url=running.endpoint_url, region="us-east-1"):
        Message.create_table(wait=True)
        message = Message(**given, ts=new_ulid(datetime(2024, 1, 15, 10, 30, tzinfo=UTC)))
        actions = [getattr(Message, name).set(value) for name, value in told.items()]
        message.update(actions=actions, upsert=True)
        assert message.created_at == datetime(2024, 1, 15, 10, 30, tzinfo=UTC)
        assert message.gsi1_sk == message.ts
        Message.delete_table()


def test_an_index_that_shares_attributes_leaves_the_others_theirs() -> None:
    """A shares Y with B and B shares Z with C: an item in C alone keeps Z when A changes."""
    crate = Crate(id="1", s="s", c="c", d=5, tags={"t"})
    item = crate.serialize()
    assert {"Z", "W"} == {"X", "Y", "Z", "W"} & set(item)
    touched = Crate._kx_compiled().rules.touched_by([("a",)])
    assert {found.name for found in touched} >= {"GSI-A", "GSI-B", "GSI-C"}
    assert item["W"] == {"N": "5"}
    full = Crate(id="1", a="a", meta={"kind": "wood"}, blob=b"\x00").serialize()
    assert (full["base"], full["label"]) == ({"S": "a/wood"}, {"S": "a/wood!"})
    assert full["blob"] == {"B": b"\x00"}
    assert Crate.from_item(full).kx.keys()["blob"] == b"\x00"


def test_an_index_of_a_subclass_is_there_though_the_base_was_used_first(zoo: type[Animal]) -> None:
    class ByName(GlobalSecondaryIndex["Named"]):
        class Meta(IndexMeta):
            index_name = "by-name"
            projection = KeysOnlyProjection()

        name = KeyAttribute(hash_key=True)

    list(Animal.scan())

    class Named(Animal):
        by_name = ByName()

    known = Named._get_connection().connection.get_meta_table(Named.Meta.table_name)
    assert known.has_index_name("by-name")
    assert "by-name" not in Animal._indexes
