"""A table as a source shows it: its key, its indexes and some of its items. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.ir import DynamoType, Index, KeyAttribute
    from kxmodel.values import AttributeValue

#: An item in DynamoDB JSON; binary is base64 text, as it stands in files.
Item: TypeAlias = "Mapping[str, AttributeValue]"


@dataclass(frozen=True)
class Facet:
    """A kind of item that the source names.

    attributes: its attributes outside the table's key. aliases: what the source calls the key
    attributes of such items, hash first; "" where it does not. items: those said to be of this kind.
    """

    name: str
    attributes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Observed:
    """One table.

    attributes: those that the source declares outside the table's key, with their types.
    billing: ``on-demand``, or read and write capacity units. notes: what the source says and a
    schema has no word for, each a sentence with what to do.
    """

    name: str
    key: tuple[KeyAttribute, ...]
    indexes: tuple[Index, ...] = ()
    attributes: Mapping[str, DynamoType] | None = None
    items: tuple[Item, ...] = ()
    facets: tuple[Facet, ...] = ()
    description: str = ""
    billing: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()
