"""What a generated model imports: the base class, attributes, indexes, patterns and pages.

What generated models need for their annotations alone is loaded on first use (PEP 562).
"""

from importlib import import_module
from typing import TYPE_CHECKING

from kxmodel.runtime.attributes import (
    AnyAttribute,
    BinaryAttribute,
    BinarySetAttribute,
    BooleanAttribute,
    DecimalAttribute,
    DictAttribute,
    EmailAttribute,
    FloatAttribute,
    IntegerAttribute,
    KeyAttribute,
    ListAttribute,
    NullAttribute,
    NumberSetAttribute,
    PhoneAttribute,
    TextAttribute,
    TextSetAttribute,
    TimestampAttribute,
    TTLAttribute,
    UlidAttribute,
    VersionAttribute,
)
from kxmodel.runtime.codegen import codegen
from kxmodel.runtime.connection import bind, connection
from kxmodel.runtime.entity import Entity, IndexKeys, Pattern
from kxmodel.runtime.indexes import (
    AllProjection,
    GlobalSecondaryIndex,
    IncludeProjection,
    KeysOnlyProjection,
    LocalSecondaryIndex,
)
from kxmodel.runtime.item import Item
from kxmodel.runtime.meta import IndexMeta, TableMeta
from kxmodel.runtime.model import Model
from kxmodel.runtime.typing import Attr, JsonValue, Map, nested

if TYPE_CHECKING:
    from kxmodel.runtime.patterns import (
        DecimalRange,
        IntegerRange,
        ItemCollection,
        NumberRange,
        Page,
        TextRange,
        TimestampRange,
    )

_OF_PATTERNS = frozenset(
    {
        "DecimalRange",
        "IntegerRange",
        "ItemCollection",
        "NumberRange",
        "Page",
        "TextRange",
        "TimestampRange",
    }
)

__all__ = [
    "AllProjection",
    "AnyAttribute",
    "Attr",
    "BinaryAttribute",
    "BinarySetAttribute",
    "BooleanAttribute",
    "DecimalAttribute",
    "DecimalRange",
    "DictAttribute",
    "EmailAttribute",
    "Entity",
    "FloatAttribute",
    "GlobalSecondaryIndex",
    "IncludeProjection",
    "IndexKeys",
    "IndexMeta",
    "IntegerAttribute",
    "IntegerRange",
    "Item",
    "ItemCollection",
    "JsonValue",
    "KeyAttribute",
    "KeysOnlyProjection",
    "ListAttribute",
    "LocalSecondaryIndex",
    "Map",
    "Model",
    "NullAttribute",
    "NumberRange",
    "NumberSetAttribute",
    "Page",
    "Pattern",
    "PhoneAttribute",
    "TTLAttribute",
    "TableMeta",
    "TextAttribute",
    "TextRange",
    "TextSetAttribute",
    "TimestampAttribute",
    "TimestampRange",
    "UlidAttribute",
    "VersionAttribute",
    "bind",
    "codegen",
    "connection",
    "nested",
]


def __getattr__(name: str) -> object:
    if name not in _OF_PATTERNS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module("kxmodel.runtime.patterns"), name)
    globals()[name] = value
    return value
