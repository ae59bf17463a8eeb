"""The errors of running migrations against a database."""

from __future__ import annotations

from kxmodel.errors.migrate import MigrationError


class MigrationLocked(MigrationError):
    """Another run holds the lease."""

    default_code = "KX640"


class LeaseLost(MigrationError):
    """This run's lease ended, or another run took it: nothing more may be recorded."""

    default_code = "KX641"


class IndexDiffers(MigrationError):
    """An index was created, and does not hold what its table says."""

    default_code = "KX656"


class IndexBlocked(MigrationError):
    """Stored values would violate the index; it was not created."""

    default_code = "KX642"


class EngineCannot(MigrationError):
    """The endpoint does not know the operation."""

    default_code = "KX649"


class WaitedInVain(MigrationError):
    """A table, an index or a setting did not reach its state in time."""

    default_code = "KX650"
