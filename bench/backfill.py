"""The client's CPU for a backfill of one index, beside what it replaces and what it stands on.

    python bench/backfill.py [--items N] [--rounds N] [--memory N]

- kxmodel: the engine as `kxmodel migrate` runs it: scan, key from its template, guarded batches,
  checkpoints.
- PynamoDB loop: scan models, `update(actions=[...])` of each; on fewer items, since each is a request.
- bare botocore: the same scan and the same batches of 25 guarded statements, with nothing computed and
  without botocore's validation of parameters.

--memory N measures one run over N items and prints the most memory that the process ever held.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import botocore.session
from botocore.config import Config
from canned import TABLE, canned
from harness import Cost, Target, compare, plain, save, table
from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from kxmodel.migrate.backfill import Budget, Ledger, Options, run_backfill
from kxmodel.migrate.client import ClientSettings, make
from kxmodel.migrate.cost import Rates, Size, assumptions, new_index
from kxmodel.migrate.tasks import EntityKeys, IndexKeys, KeysTask

ENGINE, LOOP, BARE = "kxmodel", "PynamoDB loop", "bare botocore"
TARGETS = (Target(ENGINE, LOOP, 0.1), Target(ENGINE, BARE, 2.0))

#: The loop is measured on a part of the items.
LOOP_SHARE = 20
#: Peak memory over a hundred times the items: pages and batches differ, the rest may not grow.
MEMORY = (10_000, 1_000_000)
FLAT = 1.15

#: The cost model is asked for tables of so many items.
SCALE = (10**9, 10**10)
ITEM_BYTES = 600
RATES = Rates(max_wcu=40_000, max_rcu=40_000)

TASK = KeysTask(
    TABLE,
    (
        EntityKeys(
            "Message",
            {"contact_pk": "${tenantId}#${email_lc}", "ts": "${ts}"},
            (IndexKeys("GSI2", {"GSI2PK": "${lead_id}", "GSI2SK": "${ts}"}),),
            ("GSI2",),
        ),
    ),
)

STATEMENT = (
    f'UPDATE "{TABLE}" SET "GSI2PK"=?, "GSI2SK"=? WHERE "contact_pk"=? AND "ts"=? '
    'AND "lead_id"=? AND "GSI2PK" IS MISSING AND "GSI2SK" IS MISSING'
)


def engine(url: str, number: int = 0) -> int:
    """The whole table by the engine; the items."""
    client = make(ClientSettings(endpoint_url=url, region="us-east-1"))
    result = run_backfill(
        TASK,
        client=client,  # type: ignore[arg-type]  # botocore's
        table_name=TABLE,
        ledger=Ledger(client, "kxmodel_ledger"),  # type: ignore[arg-type]  # botocore's
        budget=Budget(),
        # One partition key is capped for the database's sake, which is none here.
        options=Options(run=f"bench-{number}", workers=4, key_cap=1e9, trust_capacity=False),
    )
    assert result.finished, result
    assert result.counts.updated == result.counts.scanned, result
    return result.counts.scanned


def loop(url: str, items: int) -> int:
    """The usual program, over the first items; how many."""

    class Message(Model):
        class Meta:
            table_name = TABLE
            host = url
            region = "us-east-1"
            aws_access_key_id = aws_secret_access_key = "bench"

        contact_pk = UnicodeAttribute(hash_key=True)
        ts = UnicodeAttribute(range_key=True)
        tenantId = UnicodeAttribute()
        email_lc = UnicodeAttribute()
        lead_id = UnicodeAttribute(null=True)
        direction = UnicodeAttribute()
        text = UnicodeAttribute()
        GSI2PK = UnicodeAttribute(null=True)
        GSI2SK = UnicodeAttribute(null=True)

    done = 0
    for message in Message.scan(page_size=1000, limit=items):
        message.update(
            actions=[Message.GSI2PK.set(message.lead_id), Message.GSI2SK.set(message.ts)]
        )
        done += 1
    return done


def bare(url: str) -> int:
    """The requests of the engine, without thought; the items."""
    client: Any = botocore.session.Session().create_client(
        "dynamodb",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id="bench",
        aws_secret_access_key="bench",
        config=Config(parameter_validation=False),
    )
    request: dict[str, Any] = {
        "TableName": TABLE,
        "ConsistentRead": True,
        "ReturnConsumedCapacity": "TOTAL",
        "Limit": 1000,
        "ProjectionExpression": "#p0, #p1, #p2, #p3, #p4",
        "ExpressionAttributeNames": {
            "#p0": "contact_pk",
            "#p1": "ts",
            "#p2": "lead_id",
            "#p3": "GSI2PK",
            "#p4": "GSI2SK",
        },
    }
    done = 0
    while True:
        page = client.scan(**request)
        items = page["Items"]
        for start in range(0, len(items), 25):
            statements = [
                {
                    "Statement": STATEMENT,
                    "Parameters": [i["lead_id"], i["ts"], i["contact_pk"], i["ts"], i["lead_id"]],
                }
                for i in items[start : start + 25]
            ]
            client.batch_execute_statement(Statements=statements, ReturnConsumedCapacity="TOTAL")
        done += len(items)
        if "LastEvaluatedKey" not in page:
            return done
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def peak(items: int) -> float:
    """Megabytes that a fresh process holds at most while the engine goes over so many items."""
    command = [sys.executable, str(Path(__file__)), "--memory", str(items)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(shown)


def at_scale(cpu_per_item: float) -> str:
    """What a new index costs on tables that no test can hold. cpu_per_item: seconds, as measured."""
    lines = [
        "",
        f"A new index on a table of items of {ITEM_BYTES} bytes, at {RATES.max_wcu:,.0f} write and "
        f"{RATES.max_rcu:,.0f} read units a second:",
        f"{'items':>16} {'read units':>16} {'write units':>16} {'US dollars':>12} {'hours':>8} "
        f"{'core-hours':>11}",
    ]
    for items in SCALE:
        made = new_index(Size(items, items * ITEM_BYTES), RATES, cpu_per_item=cpu_per_item)
        cost = made.cost
        lines.append(
            f"{items:16,} {cost.rcu:16,.0f} {cost.wcu:16,.0f} {cost.dollars:12,.0f} "
            f"{made.hours:8,.1f} {made.core_hours:11,.1f}"
        )
    lines += [f"- {assumed}" for assumed in assumptions(RATES)]
    lines.append("- core-hours are of the backfill alone, at the CPU measured above")
    return "\n".join(lines)


def main() -> int:
    """Measure, print and save; 1 where a target is missed."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--items", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--memory", type=int)
    chosen = arguments.parse_args()
    os.environ.pop("AWS_PROFILE", None)
    if chosen.memory:
        with canned(chosen.memory) as url:
            engine(url)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return 0
    with canned(chosen.items) as url:
        costs: dict[str, Cost] = compare(
            {
                ENGINE: lambda: engine(url),
                LOOP: lambda: loop(url, max(100, chosen.items // LOOP_SHARE)),
                BARE: lambda: bare(url),
            },
            chosen.rounds,
        )
    print(f"Backfill of one index, {chosen.items:,} items\n")
    print(table(costs))
    for target in TARGETS:
        print(target.sentence(costs))
    memory = {items: peak(items) for items in MEMORY}
    growth = memory[MEMORY[-1]] / memory[MEMORY[0]]
    for items, megabytes in memory.items():
        print(f"peak memory over {items:>9,} items: {megabytes:6.1f} MB")
    print(f"growth: {growth:.2f}x, target at most {FLAT}x: {'met' if growth <= FLAT else 'MISSED'}")
    print(at_scale(costs[ENGINE].median / 1e6))
    save(
        "backfill",
        {"items": chosen.items, "cpu_us_per_item": plain(costs), "peak_mb": memory},
    )
    return int(growth > FLAT or any(t.ratio(costs) > t.most for t in TARGETS))


if __name__ == "__main__":
    sys.exit(main())
