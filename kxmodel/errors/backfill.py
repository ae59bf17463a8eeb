"""The errors of backfills."""

from __future__ import annotations

from kxmodel.errors.migrate import MigrationError


class BackfillError(MigrationError):
    """A backfill cannot go on; what it did stays, and it can be resumed."""

    default_code = "KX620"


class LedgerTaken(BackfillError):
    """Another run took the ledger's units over; this one may record nothing more."""

    default_code = "KX621"


class OldWriterLive(BackfillError):
    """Verification found items without the right values again and again."""

    default_code = "KX622"
