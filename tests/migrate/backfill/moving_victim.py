"""A process that moves items and is killed amid a transaction.

``moving_victim ENDPOINT PREFIX REPORT NUMBER before|after``: which of its transactions is the last, and
whether it is sent.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kxmodel.migrate.backfill import Budget, Ledger, run_backfill
from kxmodel.migrate.backfill.options import Options
from kxmodel.testing.faults import FaultyClient, Rule, at, killed
from tests.migrate.backfill.bench import client_of
from tests.migrate.backfill.moving import LOWER


def main(endpoint: str, prefix: str, report: str, number: str, when: str) -> None:
    death = Rule(
        killed(after=when == "after", really=True), on="transact_write_items", when=at(int(number))
    )
    client = FaultyClient(client_of(endpoint), [death])
    run_backfill(
        LOWER,
        client=client,
        table_name=f"{prefix}messages",
        ledger=Ledger(client, f"{prefix}kxmodel_ledger"),
        budget=Budget(),
        options=Options(
            "run", workers=2, segments=6, slice_seconds=0.3, page=10, report=Path(report)
        ),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
