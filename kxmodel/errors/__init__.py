"""The one hierarchy of errors. Every error has a code from one table (`kxmodel.errors.codes`).

A message says *what* is wrong; ``where`` says at which place (``file:line:col``, an item's key, a
command-line flag) and ``fix`` says what to do next. ``str(error)`` shows all three.
"""

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

__all__ = [
    "CODES",
    "BindError",
    "Code",
    "ConfigError",
    "CursorError",
    "EngineError",
    "ImmutableError",
    "ItemError",
    "ItemNotFound",
    "ItemTooLarge",
    "KeyBuildError",
    "KxError",
    "Location",
    "NotUniqueError",
    "PartialItemError",
    "Problem",
    "SchemaError",
    "StaleItemError",
    "TemplateError",
    "UsageError",
    "ValidationFailed",
    "ValueRefused",
]
