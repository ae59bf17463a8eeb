"""The engine that changes the items of a live table: resumable, at a rate, never over a live write."""

from kxmodel.migrate.backfill.bad import BadItem
from kxmodel.migrate.backfill.budget import Budget
from kxmodel.migrate.backfill.client import DynamoClient
from kxmodel.migrate.backfill.coordinator import endless
from kxmodel.migrate.backfill.counts import Counts
from kxmodel.migrate.backfill.events import (
    BadItemFound,
    Event,
    Events,
    PartitionSplit,
    Progress,
    RateChanged,
)
from kxmodel.migrate.backfill.ledger import Ledger
from kxmodel.migrate.backfill.options import Options, Result
from kxmodel.migrate.backfill.processes import Processes
from kxmodel.migrate.backfill.run import run_backfill
from kxmodel.migrate.backfill.stop import StopSignal
from kxmodel.migrate.backfill.verify import Verification, verify_backfill

__all__ = [
    "BadItem",
    "BadItemFound",
    "Budget",
    "Counts",
    "DynamoClient",
    "Event",
    "Events",
    "Ledger",
    "Options",
    "PartitionSplit",
    "Processes",
    "Progress",
    "RateChanged",
    "Result",
    "StopSignal",
    "Verification",
    "endless",
    "run_backfill",
    "verify_backfill",
]
