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
    from kxmodel.runtime.aio import Aio
    from kxmodel.runtime.aio.answers import AioCollection, AioPage
    from kxmodel.runtime.aio.model import ModelT, OwnerT
    from kxmodel.runtime.patterns import (
        DecimalRange,
        IntegerRange,
        ItemCollection,
        NumberRange,
        Page,
        TextRange,
        TimestampRange,
    )

_HOMES = {
    "Aio": "kxmodel.runtime.aio",
    "AioCollection": "kxmodel.runtime.aio.answers",
    "AioPage": "kxmodel.runtime.aio.answers",
    "DecimalRange": "kxmodel.runtime.patterns",
    "IntegerRange": "kxmodel.runtime.patterns",
    "ItemCollection": "kxmodel.runtime.patterns",
    "ModelT": "kxmodel.runtime.aio.model",
    "NumberRange": "kxmodel.runtime.patterns",
    "OwnerT": "kxmodel.runtime.aio.model",
    "Page": "kxmodel.runtime.patterns",
    "TextRange": "kxmodel.runtime.patterns",
    "TimestampRange": "kxmodel.runtime.patterns",
}

__all__ = [
    "Aio",
    "AioCollection",
    "AioPage",
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
    "ModelT",
    "NullAttribute",
    "NumberRange",
    "NumberSetAttribute",
    "OwnerT",
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
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value
