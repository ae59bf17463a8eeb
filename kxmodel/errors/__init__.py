"""The one hierarchy of errors. Every error has a code from one table (`kxmodel.errors.codes`).

A message says *what* is wrong; ``where`` says at which place (``file:line:col``, an item's key, a
command-line flag) and ``fix`` says what to do next. ``str(error)`` shows all three.
"""

from kxmodel.errors.backfill import BackfillError, LedgerTaken, OldWriterLive
from kxmodel.errors.base import (
    BindError,
    ConfigError,
    CursorError,
    EngineError,
    ImmutableError,
    ItemError,
    ItemNotFound,
    ItemTooLarge,
    KeyBuildError,
    KxError,
    Location,
    NotUniqueError,
    PartialItemError,
    Problem,
    SchemaError,
    StaleItemError,
    TemplateError,
    UsageError,
    ValidationFailed,
    ValueRefused,
)
from kxmodel.errors.codes import CODES, Code
from kxmodel.errors.export import AdoptError, DocsError, ExportError
from kxmodel.errors.migrate import (
    ChangeRefused,
    GraphError,
    MigrationError,
    MigrationFileError,
    OperationError,
    TargetError,
)
from kxmodel.errors.report import ReportError
from kxmodel.errors.running import (
    EngineCannot,
    IndexBlocked,
    IndexDiffers,
    LeaseLost,
    MigrationLocked,
    WaitedInVain,
)

__all__ = [
    "AdoptError",
    "DocsError",
    "ExportError",
    "CODES",
    "BackfillError",
    "BindError",
    "ChangeRefused",
    "Code",
    "ConfigError",
    "CursorError",
    "EngineCannot",
    "EngineError",
    "GraphError",
    "ImmutableError",
    "IndexBlocked",
    "IndexDiffers",
    "ItemError",
    "ItemNotFound",
    "ItemTooLarge",
    "KeyBuildError",
    "KxError",
    "LeaseLost",
    "LedgerTaken",
    "Location",
    "MigrationError",
    "MigrationFileError",
    "MigrationLocked",
    "NotUniqueError",
    "OperationError",
    "OldWriterLive",
    "PartialItemError",
    "Problem",
    "ReportError",
    "SchemaError",
    "StaleItemError",
    "TargetError",
    "TemplateError",
    "UsageError",
    "ValidationFailed",
    "ValueRefused",
    "WaitedInVain",
]
