"""Both ways of writing leave one table, item for item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kxmodel import engines
from kxmodel.engines import RunningEngine
from kxmodel.errors import BackfillError, EngineError
from kxmodel.migrate.names import Names
from kxmodel.testing.ci import skip_or_fail
from kxmodel.testing.faults import Rule, at, every, lost_reply, meanwhile, statements_fail
from kxmodel.testing.tables import DUMMY, new_prefix
from tests.migrate import promises
from tests.migrate.backfill.bench import client_of, message
from tests.migrate.requests import live
from tests.migrate.world import World


@pytest.fixture(scope="module", params=["dynoxide", "ministack", "moto"])
def engine(request: pytest.FixtureRequest) -> Iterator[RunningEngine]:
    try:
        running = engines.start(request.param)
    except EngineError as error:
        skip_or_fail(str(error))
    with running, pytest.MonkeyPatch.context() as patch:
        for name, value in DUMMY.items():
            patch.setenv(name, value)
        yield running


def legacy() -> list[dict[str, Any]]:
    """Messages of all kinds, some of whose leads are no text."""
    items = [message(n, contacts=9) for n in range(60)]
    items += [message(n, lead_id={"L": []}) for n in range(101, 104)]
    items += [message(n, lead_id={"S": "Zoë # 100 %"}, more={"NS": ["1", "2"]}) for n in (201, 202)]
    return items


def migrated(engine: RunningEngine, path: str) -> dict[Any, Any]:
    """The table after a migration by one path, with the same writers and faults on the way."""
    client = client_of(engine.endpoint_url)
    world = World(client, Names(new_prefix()))
    world.create(legacy())
    some = sorted(world.truth)
    writes = ("batch_execute_statement", "update_item")

    def live_write(request: Any) -> bool:
        return world.table in str(request) and live(request)

    def act() -> None:
        world.change(some[3], "another")
        world.change(some[4], None)
        world.say(some[5], "hello")
        world.delete(some[6])

    rules = [
        Rule(
            meanwhile(act),
            writes,
            at(1),
            live_write,
        ),
        Rule(lost_reply(), writes, every(7), lambda request: world.table in str(request)),
        Rule(statements_fail("ThrottlingError", share=0.2), "batch_execute_statement", every(3)),
    ]
    try:
        outcome = world.run(rules, write_path=path)
        assert outcome.exit_code == 4
        promises.all_are_kept(world.evidence())
        return world.items()
    finally:
        world.drop()
        client.close()


def test_both_paths_leave_one_table(engine: RunningEngine) -> None:
    by_updates = migrated(engine, "update")
    assert len(by_updates) == 64
    if engine.quirks.partiql_conditions:
        assert migrated(engine, "partiql") == by_updates
    else:
        with pytest.raises(BackfillError, match="live writes would be lost"):
            migrated(engine, "partiql")
