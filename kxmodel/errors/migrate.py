"""The errors of migrations: files, states, runs."""

from __future__ import annotations

from kxmodel.errors.base import KxError, UsageError


class MigrationError(KxError):
    """A migration cannot be read, planned or run; base of all errors of `kxmodel.migrate`."""

    default_code = "KX600"


class MigrationFileError(MigrationError):
    """A file of the migrations folder cannot be used; `where` names it."""

    default_code = "KX601"


class OperationError(MigrationError):
    """An operation is malformed, or cannot be applied to the state before it."""

    default_code = "KX605"


class GraphError(MigrationError):
    """The migrations do not form one history."""

    default_code = "KX607"


class TargetError(MigrationError, UsageError):
    """A target names no migration, or several. Exit code 2 on the command line."""

    default_code = "KX611"


class ChangeRefused(MigrationError):
    """The schemas changed in a way that no safe migration leads to; `fix` names the way out."""

    default_code = "KX613"
