"""Live writers and deleters between the engine's read and its write: none of their work is lost."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest

from kxmodel.migrate.backfill import Counts
from kxmodel.migrate.tasks import AddAttribute, EntityKeys, FollowKeys, IndexKeys, KeysTask
from kxmodel.testing.faults import WRITES, FaultyClient, Rule, at, meanwhile
from tests.migrate.backfill.bench import Bench, expected, message, shuffled
from tests.migrate.requests import live

PATHS = pytest.mark.parametrize("path", ["auto", "update"])


def racing(bench: Bench, action: Callable[[], None]) -> FaultyClient:
    """A client where somebody acts once, when the engine has read and is about to write."""
    return FaultyClient(bench.client, [Rule(meanwhile(action), WRITES, at(1), live)])


def set_attribute(bench: Bench, item: dict[str, Any], name: str, value: Any) -> None:
    bench.client.update_item(
        TableName=bench.table,
        Key={"contact_pk": item["contact_pk"], "ts": item["ts"]},
        UpdateExpression="SET #n = :v" if value else "REMOVE #n",
        ExpressionAttributeNames={"#n": name},
        **({"ExpressionAttributeValues": {":v": value}} if value else {}),
    )


@PATHS
@pytest.mark.parametrize("value", [{"S": "another lead"}, None], ids=["changed", "removed"])
def test_a_source_that_changes_meanwhile_decides(any_bench: Bench, path: str, value: Any) -> None:
    item = message(1)
    any_bench.create([item])
    change = racing(any_bench, lambda: set_attribute(any_bench, item, "lead_id", value))
    result = any_bench.run(client=change, path=path)
    live = {n: v for n, v in item.items() if n != "lead_id"} | ({"lead_id": value} if value else {})
    (stored,) = any_bench.items().values()
    assert stored == expected(live)
    assert result.counts == Counts(scanned=1, updated=1)


@PATHS
def test_a_new_writers_key_is_not_overwritten(any_bench: Bench, path: str) -> None:
    item = message(1)
    any_bench.create([item])

    def stamp() -> None:
        for name, value in expected(item).items():
            if name.startswith("GSI"):
                set_attribute(any_bench, item, name, value)

    result = any_bench.run(client=racing(any_bench, stamp), path=path)
    assert result.counts == Counts(scanned=1, already=1)
    assert list(any_bench.items().values()) == [expected(item)]


@PATHS
def test_a_key_that_a_writer_makes_during_a_change_of_its_source_follows_it(
    any_bench: Bench, path: str
) -> None:
    """When it was read, the item lacked something for its key, so that no key was to be changed."""
    item = {n: v for n, v in message(1).items() if n != "lead_id"}
    any_bench.create([item])
    keys = IndexKeys("GSI2", {"GSI2PK": "${lead_id}#${owner}"})
    entity = EntityKeys("Message", {"contact_pk": "${tenantId}"}, (keys,), ("GSI2",))
    task = FollowKeys(AddAttribute("messages", "lead_id", "none"), KeysTask("messages", (entity,)))

    def stamp() -> None:
        set_attribute(any_bench, item, "owner", {"S": "ann"})

    result = any_bench.run(task, client=racing(any_bench, stamp), path=path)
    (stored,) = any_bench.items().values()
    added = {"lead_id": {"S": "none"}, "owner": {"S": "ann"}, "GSI2PK": {"S": "none#ann"}}
    assert stored == item | added
    assert result.counts == Counts(scanned=1, updated=1)


@PATHS
def test_a_deleted_item_does_not_come_back(any_bench: Bench, path: str) -> None:
    items = [message(n) for n in range(4)]
    any_bench.create(items)

    def delete() -> None:
        for item in items[:3]:
            key = {"contact_pk": item["contact_pk"], "ts": item["ts"]}
            any_bench.client.delete_item(TableName=any_bench.table, Key=key)

    result = any_bench.run(client=racing(any_bench, delete), path=path, segments=1)
    assert result.counts == Counts(scanned=4, updated=1, gone=3)
    assert len(any_bench.items()) == 1


def test_writers_and_deleters_during_a_whole_run(bench: Bench) -> None:
    items = shuffled(1500, contacts=60)
    bench.create(items)
    truth = {(i["contact_pk"]["S"], i["ts"]["S"]): dict(i) for i in items}
    over = threading.Event()

    def live(seed: int) -> None:
        """An old writer: changes sources and text, deletes, and knows of no keys."""
        choice = random.Random(seed)
        mine = sorted(truth)[seed::2]
        while not over.is_set():
            key = choice.choice(mine)
            item = truth[key]
            if not item:
                continue
            where = {"contact_pk": item["contact_pk"], "ts": item["ts"]}
            if choice.random() < 0.1:
                bench.client.delete_item(TableName=bench.table, Key=where)
                truth[key] = {}
            else:
                name = choice.choice(["lead_id", "text"])
                item[name] = {"S": f"live{choice.random()}"}
                set_attribute(bench, item, name, item[name])

    writers = [threading.Thread(target=live, args=(seed,)) for seed in (0, 1)]
    for writer in writers:
        writer.start()
    result = bench.run(workers=3, segments=12)
    over.set()
    for writer in writers:
        writer.join()
    assert result.finished
    assert result.counts.balanced
    stored = bench.items()
    assert stored.keys() == {key for key, item in truth.items() if item}
    for key, item in stored.items():
        plain = {n: v for n, v in item.items() if not n.startswith("GSI")}
        assert plain == {n: v for n, v in truth[key].items() if not n.startswith("GSI")}
    # The writers are gone: one more run brings every key up to what they left.
    assert bench.run(run="after").finished
    assert bench.items() == {key: expected(item) for key, item in truth.items() if item}
