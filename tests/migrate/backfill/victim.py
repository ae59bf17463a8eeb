"""A process that runs a backfill and is killed: ``victim.py ENDPOINT PREFIX REPORT``."""

from __future__ import annotations

import sys
from pathlib import Path

from kxmodel.migrate.backfill import Budget, Ledger, Options, run_backfill
from tests.migrate.backfill.bench import SPEC, TASK, client_of


def main(endpoint: str, prefix: str, report: str) -> None:
    client = client_of(endpoint)
    print("it begins", flush=True)
    run_backfill(
        TASK,
        client=client,
        table_name=f"{prefix}messages",
        ledger=Ledger(client, f"{prefix}kxmodel_ledger"),
        budget=Budget(),
        options=Options(
            "run", workers=2, segments=6, slice_seconds=0.1, page=10, report=Path(report)
        ),
        spec=SPEC,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
