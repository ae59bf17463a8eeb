"""Schema as code for Amazon DynamoDB single-table design.

The public names are loaded on first use (PEP 562), so that `kxmodel --help` imports no PynamoDB.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kxmodel.errors import KxError
    from kxmodel.runtime import Item, ItemCollection, Model, Page, bind, connection

__version__ = "0.1.0"

_HOMES = {
    "Item": "kxmodel.runtime",
    "ItemCollection": "kxmodel.runtime",
    "KxError": "kxmodel.errors",
    "Model": "kxmodel.runtime",
    "Page": "kxmodel.runtime",
    "bind": "kxmodel.runtime",
    "connection": "kxmodel.runtime",
}

__all__ = [
    "Item",
    "ItemCollection",
    "KxError",
    "Model",
    "Page",
    "__version__",
    "bind",
    "connection",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
