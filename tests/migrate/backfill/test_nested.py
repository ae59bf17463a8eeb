"""Sources inside maps, which only UpdateItem can guard."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from kxmodel.migrate.backfill import Counts
from kxmodel.migrate.tasks import (
    AddAttribute,
    EntityKeys,
    IndexKeys,
    KeysTask,
    RemoveKeyValues,
    TransformAttribute,
)
from tests.migrate.backfill.bench import Bench, Spy

TASK = KeysTask(
    "messages",
    (
        EntityKeys(
            "Lead",
            {"contact_pk": "${contact_pk}", "ts": "PROFILE"},
            (IndexKeys("GSI1", {"GSI1PK": "t#${contactInfo.phone}", "GSI1SK": "PHONE_LOOKUP"}),),
            ("GSI1",),
        ),
    ),
)


def lead(number: int, **more: Any) -> dict[str, Any]:
    return {"contact_pk": {"S": f"t#{number}"}, "ts": {"S": "PROFILE"}, **more}


def phone(text: str) -> Any:
    return {"M": {"phone": {"S": text}, "name": {"S": "Ann"}}}


def test_every_shape_of_the_map(any_bench: Bench) -> None:
    any_bench.create(
        [
            lead(0, contactInfo=phone("+1")),
            lead(1, contactInfo={"M": {}}, GSI1PK={"S": "stale"}),
            lead(2, GSI1PK={"S": "stale"}, GSI1SK={"S": "PHONE_LOOKUP"}),
            lead(3, contactInfo={"NULL": True}, GSI1PK={"S": "stale"}),
            lead(4, contactInfo={"S": "no map"}),
            lead(5),
        ]
    )
    result = any_bench.run(TASK)
    assert result.counts == Counts(scanned=6, updated=4, skipped=1, bad=1)
    stored = any_bench.items()
    assert stored["t#0", "PROFILE"]["GSI1PK"] == {"S": "t#+1"}
    assert not any("GSI1PK" in stored[f"t#{n}", "PROFILE"] for n in range(1, 6))


@pytest.mark.parametrize(
    "live", [phone("+2"), {"M": {}}, None], ids=["changed", "emptied", "removed"]
)
def test_a_map_that_changes_meanwhile_decides(any_bench: Bench, live: Any) -> None:
    any_bench.create([lead(0, contactInfo=phone("+1"))])
    after = lead(0) if live is None else lead(0, contactInfo=live)
    done: list[str] = []

    def change(name: str, request: dict[str, Any]) -> None:
        if name == "update_item" and not done:
            done.append(name)
            any_bench.client.put_item(TableName=any_bench.table, Item=after)

    assert any_bench.run(TASK, client=Spy(any_bench.client, change)).counts.balanced
    (stored,) = any_bench.items().values()
    keys = {"GSI1PK": {"S": "t#+2"}, "GSI1SK": {"S": "PHONE_LOOKUP"}}
    assert stored == (after | keys if live == phone("+2") else after)


def test_values_are_taken_back_under_guard(bench: Bench) -> None:
    items = [lead(n, contactInfo=phone(f"+{n}")) for n in range(20)]
    bench.create(items)
    bench.run(TASK)
    assert bench.run(RemoveKeyValues(TASK), run="down").counts == Counts(scanned=20, updated=20)
    assert bench.items() == {(i["contact_pk"]["S"], i["ts"]["S"]): i for i in items}


def test_a_transform_is_applied_once_even_where_its_reply_is_lost(bench: Bench) -> None:
    def normalise(item: Any) -> Any:
        info = item.get("contactInfo") or {}
        return {"contactInfo": {**info, "phone": "+" + info["phone"].lstrip("+")}}

    bench.create([lead(n, contactInfo=phone(f"{n}"), v={"N": "4"}) for n in range(20)])
    task = TransformAttribute("messages", normalise, ("contactInfo",), ("contactInfo",), "v")

    def lose(name: str, request: dict[str, Any]) -> None:
        if name == "update_item":
            bench.client.update_item(**request)
            raise ReadTimeoutError(endpoint_url="http://dynamodb")

    result = bench.run(task, client=Spy(bench.client, lose))
    assert result.counts == Counts(scanned=20, already=20)
    for item in bench.items().values():
        assert item["contactInfo"]["M"]["phone"]["S"][:1] == "+"
        assert item["v"] == {"N": "5"}


def test_an_attribute_is_added_by_batches(any_bench: Bench) -> None:
    any_bench.create([lead(n, **({"score": {"N": "7"}} if n % 2 else {})) for n in range(10)])
    result = any_bench.run(AddAttribute("messages", "score", 0))
    assert result.counts == Counts(scanned=10, updated=5, already=5)
    assert (
        sorted(item["score"]["N"] for item in any_bench.items().values()) == ["0"] * 5 + ["7"] * 5
    )
