"""kxmodel beside what it replaces and what it stands on: one table, and bench/results.json.

    python bench/speed.py [--quick]

A row is measured with all its contenders in turn, in one run. Before any timing every contender has shown
that it reads the same attributes with the same types, and writes the same items. `--quick` takes fewer
rounds and a smaller scan, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import fresh
import validation
from contenders import REGION
from harness import machine, times
from rows import SCANNED, Field
from serving import serving
from targets import TABLES, TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from harness import Cost
    from rows import Row
    from targets import Verdict

RESULTS = Path(__file__).parent / "results.json"
SERVER = Path(__file__).parent / "kxgen_server.py"
PACKAGES = (
    "kxmodel",
    "pynamodb",
    "botocore",
    "boto3",
    "pydynox",
    "dyntastic",
    "pydantic",
    "jsonschema",
    "jsonschema-rs",
)

ROUNDS, PROJECT_ROUNDS = 5, 3
QUICK_SCAN = 5000

#: So that nothing of the user's AWS configuration is read, and no profile's credentials are sought.
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


def measured(quick: bool) -> Iterator[Row]:
    """All rows, one after the other."""
    scanned = QUICK_SCAN if quick else SCANNED
    rounds = 2 if quick else ROUNDS
    with serving(SERVER, str(scanned)) as url:
        # Processes first: theirs is the only work on the machine, and ours is small yet.
        yield from fresh.rows(url, rounds)
        yield from Field(url, rounds).rows(scanned)
        yield validation.row(url, rounds)
    yield fresh.generating(TABLES[: 2 if quick else 3], 1 if quick else PROJECT_ROUNDS)


def lines(row: Row) -> Iterator[str]:
    """A row of the table: each contender, and how many times kxmodel's cost that is."""
    first = next(iter(row.costs.values()))
    ours = row.costs.get("kxmodel", first)
    yield f"{row.title} ({row.unit})"
    for name, cost in row.costs.items():
        least, most = min(cost.rounds), max(cost.rounds)
        ratio = times(cost.median / ours.median)
        yield f"  {name:22} {cost.median:10,.1f} {least:10,.1f} {most:10,.1f} {ratio:>9}"


def as_json(row: Row) -> dict[str, object]:
    """A row as results.json has it."""
    costs = {name: [round(r, 2) for r in cost.rounds] for name, cost in row.costs.items()}
    return {"name": row.name, "title": row.title, "unit": row.unit, "rounds": costs}


def main() -> int:
    """Measure, print, save; 1 where a target is missed."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--quick", action="store_true")
    chosen = arguments.parse_args()
    for name in [n for n in os.environ if n.startswith("AWS_")]:
        del os.environ[name]
    os.environ |= ENVIRONMENT
    print(f"{'':24} {'median':>10} {'least':>10} {'most':>10} {'ratio':>9}")
    rows: list[Row] = []
    for row in measured(chosen.quick):
        print("\n".join(lines(row)), flush=True)
        rows.append(row)
    verdicts = [v for target in TARGETS for v in target.verdicts(_costs(rows))]
    print("\nTargets")
    for verdict in verdicts:
        print(f"  {verdict.sentence}: {'met' if verdict.met else 'MISSED'}")
    if not chosen.quick:
        _save(rows, verdicts)
    return int(not all(verdict.met for verdict in verdicts))


def _costs(rows: list[Row]) -> Mapping[str, Mapping[str, Cost]]:
    return {row.name: row.costs for row in rows}


def _save(rows: list[Row], verdicts: list[Verdict]) -> None:
    figures = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        **machine(PACKAGES),
        "rows": [as_json(row) for row in rows],
        "targets": [{"row": v.row, "sentence": v.sentence, "met": v.met} for v in verdicts],
    }
    RESULTS.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
