"""Somebody else writes between the moment an update is planned and the moment it arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from pynamodb.exceptions import DoesNotExist, TransactWriteError, UpdateError
from pynamodb.expressions.operand import Path
from pynamodb.transactions import TransactWrite

import kxmodel
from kxmodel import engines
from kxmodel.errors import EngineError, StaleItemError, ValidationFailed
from kxmodel.runtime.connection import KxConnection
from kxmodel.runtime.update import run
from kxmodel.testing.ci import skip_or_fail
from tests.runtime.test_saving import put_raw, rex, stored
from tests.runtime.test_updating import assert_keys_follow, handle
from tests.runtime.zoo import Animal

FREE = {"add_version_condition": False}


@pytest.fixture(scope="module")
def running() -> Iterator[engines.RunningEngine]:
    """dynoxide alone: what is tried here is ours, and not the engine's."""
    try:
        found = engines.start("dynoxide")
    except EngineError as error:
        skip_or_fail(str(error))
    with found:
        yield found


@pytest.fixture(autouse=True)
def zoo(running: engines.RunningEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A table with one animal; retries do not wait."""
    monkeypatch.setattr(run, "FIRST_WAIT", 0)
    with kxmodel.bind(endpoint_url=running.endpoint_url, region="us-east-1"):
        Animal.create_table(wait=True)
        rex().save()
        yield
        Animal.delete_table()


class Intruder:
    """Runs `write` before each of the first `times` requests of one operation."""

    def __init__(self, write: Callable[[], object], times: int, operation: str) -> None:
        self.write = write
        self.left = times
        self.operation = operation
        self.sent = 0

    def install(self, monkeypatch: pytest.MonkeyPatch) -> Intruder:
        """Stand between every connection and its client."""
        original = KxConnection.dispatch

        def dispatch(connection: Any, name: str, kwargs: Any) -> Any:
            if name == self.operation and not self.busy:
                self.sent += 1
                if self.left:
                    self.left -= 1
                    self.busy = True
                    self.write()
                    self.busy = False
            return original(connection, name, kwargs)

        monkeypatch.setattr(KxConnection, "dispatch", dispatch)
        return self

    busy = False


def intrude(
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[], object],
    times: int = 1,
    operation: str = "UpdateItem",
) -> Intruder:
    return Intruder(write, times, operation).install(monkeypatch)


def somebody(*actions: Any) -> Callable[[], object]:
    """Another process updates the item."""
    return lambda: handle().update(actions=list(actions), **FREE)


#: A source of a key -> how somebody else changes it.
SOURCES = {
    "name": lambda: Animal.name.set("Other"),
    "keeper.phone": lambda: Animal.keeper.phone.set("+19545550199"),
    "keeper, removed": lambda: Animal.keeper.remove(),
    "keeper, whole": lambda: Animal.keeper.set({"email": "a@b.co", "phone": "+19545550188"}),
    "weight": lambda: Animal.weight.set(99),
    "weight, removed": lambda: Animal.weight.remove(),
    "alive": lambda: Animal.alive.set(False),
    "alive, removed": lambda: Animal.alive.remove(),
}
MINE = {
    "name": lambda: Animal.name.set("Mine"),
    "phone": lambda: Animal.keeper.phone.set("+19545550177"),
    "no phone": lambda: Animal.keeper.phone.remove(),
    "weight": lambda: Animal.weight.set(7),
    "added": lambda: Animal.weight.add(1),
    "computed": lambda: Animal.name.set(Animal.species),
    "alive": lambda: Animal.alive.set(True),
}


@pytest.mark.parametrize("theirs", sorted(SOURCES))
@pytest.mark.parametrize("mine", sorted(MINE))
def test_the_key_is_of_what_is_stored_whoever_came_between(
    mine: str, theirs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    animal = Animal.get("t1#a1", "ANIMAL")
    intruder = intrude(monkeypatch, somebody(SOURCES[theirs]()))
    try:
        animal.update(actions=[MINE[mine]()], **FREE)
    except UpdateError:
        # The database refuses a member of a map that is gone.
        assert theirs == "keeper, removed"
        assert mine == "phone"
    assert 1 <= intruder.sent <= 3
    assert_keys_follow(animal)


def test_no_number_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    intrude(monkeypatch, somebody(Animal.weight.add(1)), times=3)
    Animal.get("t1#a1", "ANIMAL").update(actions=[Animal.weight.add(1)], **FREE)
    assert stored(rex())["weight"] == {"N": "16.5"}
    assert_keys_follow(rex())


def test_a_map_that_came_between_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    handle().update(actions=[Animal.keeper.remove()], **FREE)
    animal = Animal.get("t1#a1", "ANIMAL")
    intrude(monkeypatch, somebody(Animal.keeper.set({"email": "a@b.co"})))
    animal.update(actions=[Animal.keeper.phone.set("+19545550100")], **FREE)
    assert stored(animal)["GSI1PK"] == {"S": "t1#+19545550100"}
    stale = Animal.get("t1#a1", "ANIMAL")
    handle().update(actions=[Animal.keeper.remove()], **FREE)
    with pytest.raises(UpdateError):
        stale.update(actions=[Animal.keeper.phone.set("+19545550111")], **FREE)
    assert "GSI1PK" not in stored(stale)


def test_attempts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    count = iter(range(1000))
    intruder = intrude(
        monkeypatch, lambda: somebody(Animal.name.set(f"n{next(count)}"))(), times=1000
    )
    with pytest.raises(StaleItemError) as caught:
        Animal.get("t1#a1", "ANIMAL").update(actions=[Animal.keeper.phone.remove()], **FREE)
    assert isinstance(caught.value, UpdateError)
    assert intruder.sent <= 2 * run.ATTEMPTS
    assert_keys_follow(rex())


@pytest.mark.parametrize("gives_item", [True, False])
def test_no_attempt_goes_past_the_callers_condition(
    gives_item: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not gives_item:
        _take_the_item_out_of_errors(monkeypatch)
    animal = Animal.get("t1#a1", "ANIMAL")
    intruder = intrude(monkeypatch, somebody(Animal.name.set("Other"), Animal.legs.set(3)))
    with pytest.raises(UpdateError):
        animal.update(
            actions=[Animal.keeper.phone.remove()], condition=Animal.legs.does_not_exist(), **FREE
        )
    assert intruder.sent == 2
    assert stored(animal)["GSI1SK"] == {"S": "Other"}


@pytest.mark.parametrize("gives_item", [True, False])
def test_no_attempt_goes_past_the_version(
    gives_item: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not gives_item:
        _take_the_item_out_of_errors(monkeypatch)
    animal = Animal.get("t1#a1", "ANIMAL")
    intrude(monkeypatch, somebody(Animal.name.set("Other")))
    with pytest.raises(UpdateError):
        animal.update(actions=[Animal.keeper.phone.remove()])
    assert stored(animal)["GSI1PK"] == {"S": "t1#+19545550123"}
    assert_keys_follow(animal)


@pytest.mark.parametrize("gives_item", [True, False])
def test_an_item_that_is_deleted_meanwhile_stays_deleted(
    gives_item: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not gives_item:
        _take_the_item_out_of_errors(monkeypatch)
    animal = Animal.get("t1#a1", "ANIMAL")
    intrude(monkeypatch, lambda: rex(version=1).delete(**FREE))
    with pytest.raises(DoesNotExist):
        animal.update(actions=[Animal.name.set("Max")], **FREE)
    assert list(Animal.scan()) == []


def test_an_upsert_that_cannot_create_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    intrude(monkeypatch, lambda: rex(version=1).delete(**FREE))
    with pytest.raises(ValidationFailed, match="name"):
        handle().update(actions=[Animal.legs.set(3)], upsert=True, **FREE)
    assert list(Animal.scan()) == []


def test_an_upsert_that_comes_second_changes_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    rex().delete(**FREE)
    intrude(monkeypatch, lambda: rex(name="First", weight=3).save())
    handle().update(
        actions=[Animal.name.set("Second"), Animal.alive.set(True)], upsert=True, **FREE
    )
    item = stored(rex())
    assert (item["name"], item["weight"]) == ({"S": "Second"}, {"N": "3"})
    assert item["GSI2SK"] == {"S": "0000003.00"}
    assert_keys_follow(rex())


def test_the_version_never_goes_back() -> None:
    animal = Animal.get("t1#a1", "ANIMAL")
    for _ in range(3):
        animal.save()
    handle().update(actions=[Animal.legs.set(4)], **FREE)
    with TransactWrite(connection=kxmodel.connection()) as transaction:
        transaction.update(handle(), actions=[Animal.legs.set(3)], **FREE)
    assert stored(animal)["version"] == {"N": "6"}


def test_a_transaction_reads_again_before_it_refuses() -> None:
    handle().update(actions=[Animal.keeper.remove()], **FREE)
    stale = Animal.get("t1#a1", "ANIMAL")
    handle().update(actions=[Animal.keeper.set({"email": "a@b.co"}), Animal.weight.set(50)], **FREE)
    with TransactWrite(connection=kxmodel.connection()) as transaction:
        transaction.update(
            stale,
            actions=[
                Animal.keeper.phone.set("+19545550100"),
                Animal.weight.set(Animal.weight - 20),
            ],
            **FREE,
        )
    item = stored(stale)
    assert (item["GSI1PK"], item["weight"]) == ({"S": "t1#+19545550100"}, {"N": "30"})
    assert_keys_follow(stale)


def test_a_transaction_is_refused_when_somebody_comes_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    animal = Animal.get("t1#a1", "ANIMAL")
    intrude(monkeypatch, somebody(Animal.name.set("Other")), operation="TransactWriteItems")
    with (
        pytest.raises(TransactWriteError),
        TransactWrite(connection=kxmodel.connection()) as transaction,
    ):
        transaction.update(animal, actions=[Animal.keeper.phone.remove()], **FREE)
    assert_keys_follow(animal)


def test_a_save_after_a_transactions_update_takes_nothing_back() -> None:
    animal = Animal.get("t1#a1", "ANIMAL")
    animal.price = 3
    with TransactWrite(connection=kxmodel.connection()) as transaction:
        transaction.update(
            animal, actions=[Animal.legs.set(3), Path("nick").set("R"), Animal.weight.add(1)]
        )
    assert (animal.legs, animal.weight, animal.price) == (3, 13.5, 3)
    assert animal.kx.extra == {"nick": "R"}
    animal.save()
    item = stored(animal)
    assert (item["legs"], item["nick"], item["price"]) == ({"N": "3"}, {"S": "R"}, {"N": "3"})
    assert item["version"] == {"N": "3"}


def test_a_flaw_that_a_stale_object_still_sees_refuses_nothing() -> None:
    put_raw({**rex(animal_id="a2").serialize(), "weight": {"N": "5"}})
    stale = Animal.get("t1#a2", "ANIMAL")
    Animal(tenant_id="t1", animal_id="a2").update(actions=[Animal.weight.set(100)], **FREE)
    stale.update(actions=[Animal.weight.set(Animal.weight - 50)], **FREE)
    assert stale.gsi2_sk == "0000050.00"


def _take_the_item_out_of_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that does not know ReturnValuesOnConditionCheckFailure."""
    original = run._stored_item

    def without(error: ClientError, model: Any, plan: Any) -> Any:
        cause = error.__cause__
        for found in (error, cause):
            if isinstance(found, ClientError):
                found.response.pop("Item", None)  # type: ignore[typeddict-item]
        return original(error, model, plan)

    monkeypatch.setattr(run, "_stored_item", without)
