"""The one hierarchy of errors. Every error has a code from one table (`kxmodel.errors.codes`).

A message says *what* is wrong; ``where`` says at which place (``file:line:col``, an item's key, a
command-line flag) and ``fix`` says what to do next. ``str(error)`` shows all three.

What no model can raise is imported on first use (PEP 562), as is the table of codes.
"""

from importlib import import_module
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from kxmodel.errors.backfill import BackfillError, LedgerTaken, OldWriterLive
    from kxmodel.errors.codes import CODES, Code
    from kxmodel.errors.export import AdoptError, DocsError, ExportError
    from kxmodel.errors.location import Location
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

_HOMES = {
    "AdoptError": "kxmodel.errors.export",
    "BackfillError": "kxmodel.errors.backfill",
    "CODES": "kxmodel.errors.codes",
    "ChangeRefused": "kxmodel.errors.migrate",
    "Code": "kxmodel.errors.codes",
    "DocsError": "kxmodel.errors.export",
    "EngineCannot": "kxmodel.errors.running",
    "ExportError": "kxmodel.errors.export",
    "GraphError": "kxmodel.errors.migrate",
    "IndexBlocked": "kxmodel.errors.running",
    "IndexDiffers": "kxmodel.errors.running",
    "LeaseLost": "kxmodel.errors.running",
    "LedgerTaken": "kxmodel.errors.backfill",
    "Location": "kxmodel.errors.location",
    "MigrationError": "kxmodel.errors.migrate",
    "MigrationFileError": "kxmodel.errors.migrate",
    "MigrationLocked": "kxmodel.errors.running",
    "OldWriterLive": "kxmodel.errors.backfill",
    "OperationError": "kxmodel.errors.migrate",
    "ReportError": "kxmodel.errors.report",
    "TargetError": "kxmodel.errors.migrate",
    "WaitedInVain": "kxmodel.errors.running",
}

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


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value
