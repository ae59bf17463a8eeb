"""Updates: keys follow their sources, under guards, and never go back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from pynamodb.exceptions import DoesNotExist, TransactWriteError, UpdateError
from pynamodb.expressions.operand import Path
from pynamodb.transactions import TransactWrite

import kxmodel
from kxmodel.errors import ImmutableError, ItemNotFound, ValidationFailed
from tests.runtime.test_saving import put_raw, rex, stored
from tests.runtime.zoo import Animal

if TYPE_CHECKING:
    from kxmodel.engines import RunningEngine


def handle() -> Animal:
    """An object that knows only its key's sources."""
    return Animal(tenant_id="t1", animal_id="a1")


def assert_keys_follow(animal: Animal) -> None:
    """The derived attributes are what a fresh put of the same item would store."""
    item = stored(animal)
    natural = {k: v for k, v in item.items() if k not in Animal.kx.entity.derived}
    fresh = Animal.from_json(Animal.from_item(natural).to_json()).to_item()
    derived = Animal.kx.entity.derived
    assert {k: v for k, v in item.items() if k in derived} == {
        k: v for k, v in fresh.items() if k in derived
    }


def test_setting_a_source_recomputes_the_key(zoo: type[Animal]) -> None:
    animal = rex()
    animal.save()
    animal.update(actions=[Animal.name.set("Max"), Animal.weight.set(3)])
    item = stored(animal)
    assert item["GSI1SK"] == {"S": "Max"}
    assert item["GSI2SK"] == {"S": "0000003.00"}
    assert item["label"] == {"S": "dog/Max"}
    assert animal.name == "Max"
    assert animal.gsi1_sk == "Max"
    assert animal.version == 2
    assert_keys_follow(animal)


@pytest.mark.parametrize("loaded", [True, False])
def test_a_nested_source_is_followed_whole_or_in_part(zoo: type[Animal], loaded: bool) -> None:
    rex().save()
    animal = Animal.get("t1#a1", "ANIMAL") if loaded else handle()
    locked = {"add_version_condition": False}
    animal.update(actions=[Animal.keeper.phone.set("+1 954 555 0199")], **locked)
    assert stored(animal)["GSI1PK"] == {"S": "t1#+19545550199"}
    animal.update(
        actions=[Animal.keeper.set({"email": "A@b.co", "phone": "+19545550100"})], **locked
    )
    assert stored(animal)["GSI1PK"] == {"S": "t1#+19545550100"}
    assert stored(animal)["keeper"]["M"]["email"] == {"S": "a@b.co"}  # type: ignore[index]
    animal.update(actions=[Animal.keeper.phone.remove()], **locked)
    assert not {"GSI1PK", "GSI1SK"} & set(stored(animal))
    animal.update(actions=[Path("keeper")["phone"].set("+19545550100")], **locked)
    assert stored(animal)["GSI1SK"] == {"S": "Rex"}
    animal.update(actions=[Animal.keeper.remove()], **locked)
    assert not {"GSI1PK", "GSI1SK"} & set(stored(animal))
    assert_keys_follow(animal)


def test_a_condition_of_the_index_is_a_source_too(zoo: type[Animal]) -> None:
    rex().save()
    animal = Animal.get("t1#a1", "ANIMAL")
    animal.update(actions=[Animal.alive.set(False)])
    assert not {"GSI2PK", "GSI2SK"} & set(stored(animal))
    animal.update(actions=[Animal.alive.set(True)])
    assert stored(animal)["GSI2PK"] == {"S": "t1#dog"}
    assert_keys_follow(animal)


def test_computed_values_are_settled(zoo: type[Animal]) -> None:
    rex().save()
    animal = handle()
    free = {"add_version_condition": False}
    animal.update(actions=[Animal.weight.add(0.25)], **free)
    assert stored(animal)["GSI2SK"] == {"S": "0000012.75"}
    animal.update(actions=[Animal.weight.set(Animal.weight - 2)], **free)
    assert stored(animal)["GSI2SK"] == {"S": "0000010.75"}
    animal.update(actions=[Animal.weight.set(Animal.legs | 5)], **free)
    assert stored(animal)["GSI2SK"] == {"S": "0000005.00"}
    animal.update(actions=[Animal.name.set(Animal.species)], **free)
    assert stored(animal)["GSI1SK"] == {"S": "dog"}
    animal.update(actions=[Animal.weight.remove()], **free)
    animal.update(actions=[Animal.weight.add(2)], **free)
    assert stored(animal)["GSI2SK"] == {"S": "0000002.00"}
    assert_keys_follow(animal)


def test_a_stale_object_never_moves_a_key_back(zoo: type[Animal]) -> None:
    rex().save()
    stale = Animal.get("t1#a1", "ANIMAL")
    Animal.get("t1#a1", "ANIMAL").update(actions=[Animal.alive.set(False)])
    stale.update(actions=[Animal.weight.set(99)], add_version_condition=False)
    assert not {"GSI2PK", "GSI2SK"} & set(stored(stale))
    Animal.get("t1#a1", "ANIMAL").update(
        actions=[Animal.keeper.phone.set("+19545550111")], add_version_condition=False
    )
    stale = rex(keeper={"email": "a@b.co", "phone": "+19545550123"})
    stale.update(actions=[Animal.name.set("Bo")], add_version_condition=False)
    assert stored(stale)["GSI1PK"] == {"S": "t1#+19545550111"}
    assert stored(stale)["GSI1SK"] == {"S": "Bo"}
    assert_keys_follow(stale)


def test_a_retry_never_goes_past_the_callers_condition_or_version(zoo: type[Animal]) -> None:
    rex().save()
    stale = Animal.get("t1#a1", "ANIMAL")
    Animal.get("t1#a1", "ANIMAL").update(actions=[Animal.alive.set(False)])
    with pytest.raises(UpdateError):
        stale.update(actions=[Animal.weight.set(1)])
    with pytest.raises(UpdateError):
        stale.update(
            actions=[Animal.weight.set(1)],
            condition=Animal.alive == True,  # noqa: E712
            add_version_condition=False,
        )
    assert stored(stale)["weight"] == {"N": "12.5"}


def test_update_creates_only_when_asked(zoo: type[Animal]) -> None:
    with pytest.raises(ItemNotFound) as caught:
        handle().update(actions=[Animal.name.set("Rex")])
    assert isinstance(caught.value, DoesNotExist | Animal.DoesNotExist)
    assert isinstance(caught.value, UpdateError)
    with pytest.raises(Animal.DoesNotExist):
        handle().update(actions=[Animal.legs.set(4)])
    animal = handle()
    animal.update(
        actions=[Animal.name.set("Rex"), Animal.species.set("dog"), Animal.alive.set(True)],
        upsert=True,
    )
    item = stored(animal)
    assert item["tenantId"] == {"S": "t1"}
    assert item["animalId"] == {"S": "a1"}
    assert item["GSI2PK"] == {"S": "t1#dog"}
    assert "created_at" in item
    first = item["created_at"]
    handle().update(actions=[Animal.name.set("Max")], upsert=True, add_version_condition=False)
    assert stored(animal)["label"] == {"S": "dog/Max"}
    assert stored(animal)["created_at"] == first
    assert_keys_follow(animal)


def test_set_none_removes(zoo: type[Animal]) -> None:
    animal = rex()
    animal.save()
    animal.update(
        actions=[Animal.weight.set(None), Path("legs").set(None), Animal.keeper.phone.set(None)]
    )
    item = stored(animal)
    assert "weight" not in item
    assert "legs" not in item
    assert item["GSI2SK"] == {"S": "0000000.00"}
    assert "GSI1PK" not in item


def test_what_an_update_brings_is_judged_before_it_is_sent(zoo: type[Animal]) -> None:
    rex().save()
    animal = Animal.get("t1#a1", "ANIMAL")
    with pytest.raises(ValidationFailed) as caught:
        animal.update(
            actions=[
                Animal.legs.set(-1),
                Animal.keeper.email.set("nobody"),
                Animal.name.remove(),
                Animal.gsi1_pk.set("t2#x"),
                Animal.weight.set("heavy"),
            ]
        )
    found = {problem.pointer for problem in caught.value.problems}
    assert found == {"legs", "keeper.email", "name", "GSI1PK", "weight"}
    for action in (
        Animal.tenant_id.set("t2"),
        Animal.pk.set("x"),
        Animal.species.set("cat"),
        Animal.animal_id.remove(),
    ):
        with pytest.raises(ImmutableError):
            animal.update(actions=[action])
    with pytest.raises(ValidationFailed, match="two actions"):
        animal.update(actions=[Animal.legs.set(1), Animal.legs.set(2)])
    assert stored(animal)["version"] == {"N": "1"}


def test_an_old_flaw_blocks_no_update_that_does_not_touch_it(zoo: type[Animal]) -> None:
    put_raw(
        {
            "PK": {"S": "t1#a1"},
            "SK": {"S": "ANIMAL"},
            "tenantId": {"S": "t1"},
            "animalId": {"S": "a1"},
            "keeper": {"M": {"phone": {"S": "call me"}}},
        }
    )
    animal = Animal.get("t1#a1", "ANIMAL")
    animal.update(actions=[Animal.legs.set(3), Animal.keeper.shift.set(2)])
    assert animal.legs == 3


def test_a_transaction_recomputes_under_guards(zoo: type[Animal]) -> None:
    rex().save()
    animal = Animal.get("t1#a1", "ANIMAL")
    with TransactWrite(connection=kxmodel.connection()) as transaction:
        transaction.update(animal, actions=[Animal.name.set("Max")])
    assert stored(animal)["GSI1SK"] == {"S": "Max"}
    assert_keys_follow(animal)


def test_a_stale_objects_transaction_is_refused(zoo: type[Animal]) -> None:
    rex().save()
    stale = Animal.get("t1#a1", "ANIMAL")
    Animal.get("t1#a1", "ANIMAL").update(actions=[Animal.keeper.phone.set("+19545550111")])
    with (
        pytest.raises(TransactWriteError),
        TransactWrite(connection=kxmodel.connection()) as transaction,
    ):
        transaction.update(stale, actions=[Animal.name.set("Max")], add_version_condition=False)
    assert stored(stale)["GSI1PK"] == {"S": "t1#+19545550111"}


def test_concurrent_updates_leave_the_key_that_the_attributes_give(
    zoo: type[Animal], engine: RunningEngine
) -> None:
    rex(weight=0).save()
    # An engine that is declared to lose concurrent updates gets the same work one by one.
    workers = 4 if engine.quirks.concurrent_updates_safe else 1

    def work(number: int) -> None:
        for step in range(10):
            animal = handle()
            free = {"add_version_condition": False}
            if number % 2:
                animal.update(actions=[Animal.weight.add(1)], **free)
            else:
                animal.update(actions=[Animal.alive.set(step % 2 == 0)], **free)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, range(4)))
    animal = handle()
    assert stored(animal)["weight"] == {"N": "20"}
    assert_keys_follow(animal)
