"""Whatever is written, in whatever way and from whatever object: the keys are a fresh put's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from pynamodb.exceptions import PutError, TransactWriteError, UpdateError
from pynamodb.transactions import TransactWrite

import kxmodel
from kxmodel import engines
from kxmodel.errors import EngineError, ValidationFailed
from kxmodel.testing.ci import skip_or_fail
from tests.runtime.worlds import WORLDS, World

if TYPE_CHECKING:
    from collections.abc import Iterator

FREE = {"add_version_condition": False}


@pytest.fixture(scope="module", autouse=True)
def bound() -> Iterator[None]:
    """The models on dynoxide: the fastest engine, and the one that is right most often."""
    try:
        running = engines.start("dynoxide")
    except EngineError as error:
        skip_or_fail(str(error))
    with running, kxmodel.bind(endpoint_url=running.endpoint_url, region="us-east-1"):
        for world in WORLDS.values():
            world.model.create_table(wait=True)
        yield


def stored(model: Any) -> dict[str, Any]:
    """The item as the table has it."""
    key = {name: {"S": value} for name, value in model._get_keys().items()}
    client = type(model)._get_connection().connection.client
    answer = client.get_item(TableName=model.Meta.table_name, Key=key, ConsistentRead=True)
    item: dict[str, Any] = answer["Item"]
    return item


def assert_keys_follow(model: type[Any], item: dict[str, Any]) -> None:
    """The derived attributes are what a fresh put of the others would store; none is empty."""
    derived = model.kx.entity.derived
    others = {name: value for name, value in item.items() if name not in derived}
    fresh = model.from_json(model.from_item(others).to_json()).serialize()
    assert {n: v for n, v in item.items() if n in derived} == {
        n: v for n, v in fresh.items() if n in derived
    }
    assert {"S": ""} not in [item[name] for name in derived if name in item]
    for index in model.kx.entity.indexes:
        # Attributes of several indexes, or of the item itself, may stand alone.
        own = set(index.keys) & derived
        for other in model.kx.entity.indexes:
            own -= set(other.keys) if other is not index else set()
        assert len({name in item for name in own}) <= 1, f"half of the key of {index.index}"


class Writing(RuleBasedStateMachine):
    """One item, and three objects of it: a fresh one, an old one, and one that knows only the key."""

    world: ClassVar[World]
    outcomes: ClassVar[Counter[str]]

    @initialize(data=st.data())
    def create(self, data: st.DataObject) -> None:
        self.name = uuid4().hex
        made = self.world.model(**self.world.start(self.name))
        self._assign(made, data)
        made.save()
        self.key = tuple(made._get_keys().values())
        self.old = self._read()

    def _read(self) -> Any:
        return self.world.model.get(*self.key, consistent_read=True)

    def _assign(self, target: Any, data: st.DataObject) -> None:
        chosen = data.draw(st.lists(st.sampled_from(sorted(self.world.assignments)), unique=True))
        for name in chosen:
            setattr(target, name, data.draw(self.world.assignments[name], label=name))

    def _actions(self, data: st.DataObject) -> list[Any]:
        chosen = data.draw(
            st.lists(st.sampled_from(self.world.actions), min_size=1, max_size=3, unique=True)
        )
        return [data.draw(action) for action in chosen]

    def _try(self, path: str, write: Any) -> None:
        """A write may be refused, by us or by the database, as long as the keys stay right."""
        try:
            write()
        except (ValidationFailed, UpdateError, PutError, TransactWriteError):
            self.outcomes[f"{path} refused"] += 1
        else:
            self.outcomes[path] += 1

    @rule(data=st.data(), path=st.sampled_from(["save", "batch", "transaction"]))
    def put(self, data: st.DataObject, path: str) -> None:
        target = self._read()
        self._assign(target, data)
        self._put(path, target)

    def _put(self, path: str, target: Any) -> None:
        def batch() -> None:
            with self.world.model.batch_write() as batch:
                batch.save(target)

        def transaction() -> None:
            with TransactWrite(connection=kxmodel.connection()) as transaction:
                transaction.save(target)

        ways = {"save": target.save, "batch": batch, "transaction": transaction}
        self._try(path, ways[path])

    @rule(
        data=st.data(), knows=st.sampled_from(["all", "the past", "the key"]), upsert=st.booleans()
    )
    def update(self, data: st.DataObject, knows: str, upsert: bool) -> None:
        targets = {
            "all": self._read,
            "the past": lambda: self.old,
            "the key": lambda: self.world.handle(self.name),
        }
        actions = self._actions(data)
        target = targets[knows]()
        self._try("update", lambda: target.update(actions=actions, upsert=upsert, **FREE))

    @rule(data=st.data(), knows=st.sampled_from(["all", "the past", "the key"]))
    def update_in_a_transaction(self, data: st.DataObject, knows: str) -> None:
        targets = {
            "all": self._read,
            "the past": lambda: self.old,
            "the key": lambda: self.world.handle(self.name),
        }
        target, actions = targets[knows](), self._actions(data)

        def write() -> None:
            with TransactWrite(connection=kxmodel.connection()) as transaction:
                transaction.update(target, actions=actions, **FREE)

        self._try("transaction's update", write)

    @rule(data=st.data(), path=st.sampled_from(["save", "batch", "transaction"]))
    def update_then_put(self, data: st.DataObject, path: str) -> None:
        target = self._read()
        actions = self._actions(data)
        self._try("update", lambda: target.update(actions=actions))
        self._assign(target, data)
        self._put(path, target)

    @rule(data=st.data())
    def transaction_then_save(self, data: st.DataObject) -> None:
        target, actions = self._read(), self._actions(data)

        def write() -> None:
            with TransactWrite(connection=kxmodel.connection()) as transaction:
                transaction.update(target, actions=actions)
            before = stored(target)
            target.save()
            after = stored(target)
            stamped = {"updated_at", "version", *self.world.model.kx.entity.derived}
            assert {k: v for k, v in after.items() if k not in stamped} == {
                k: v for k, v in before.items() if k not in stamped
            }, "a save after a transaction's update took it back"

        self._try("transaction, then save", write)

    @rule()
    def remember(self) -> None:
        self.old = self._read()

    @invariant()
    def keys_follow(self) -> None:
        if hasattr(self, "key"):
            assert_keys_follow(self.world.model, stored(self._read()))


@pytest.mark.parametrize("name", sorted(WORLDS))
def test_all_write_paths_give_the_keys_of_a_fresh_put(name: str) -> None:
    machine = type("Writing", (Writing,), {"world": WORLDS[name], "outcomes": Counter()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # Each step talks to a database: shrinking a failure would take minutes.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )
    done = machine.outcomes
    for path in ("save", "batch", "transaction", "update", "transaction's update"):
        assert done[path], f"no write by {path} came through: {done}"
