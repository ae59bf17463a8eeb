"""What the access patterns need of a model class, so that they can be tested without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from kxmodel.values import AttributeValue

if TYPE_CHECKING:
    from kxmodel.keys import KeyType

#: An item in DynamoDB JSON, as botocore hands it over.
RawItem: TypeAlias = Mapping[str, AttributeValue]

#: The attributes of a partition key or a sort key with their types: none, one, or up to four.
KeyAttributes: TypeAlias = "tuple[tuple[str, KeyType], ...]"


class Layout(Protocol):
    """What a plan needs to know of a table."""

    @property
    def table(self) -> str:
        """The table's name as it is bound now."""

    def normalise(self, path: str, value: object) -> object:
        """A value as the attribute at that stored path keeps it. Raises ValueRefused."""

    def key_schema(self, index: str | None) -> tuple[KeyAttributes, KeyAttributes]:
        """The partition key and the sort key of an index; of the table itself for None."""

    def projection(self, index: str | None) -> Literal["ALL", "KEYS_ONLY", "INCLUDE"]:
        """What an index projects; ALL for the table itself."""


class Reader(Layout, Protocol):
    """One table through the eyes of one model class."""

    def query(
        self, request: dict[str, Any]
    ) -> tuple[Mapping[str, Any], Iterable[tuple[RawItem, str | None]]]:
        """Send a Query with these arguments of botocore, apart from TableName.

        Gives the answer without its items, and the items with the JSON that each was read from, where
        that is known.
        """

    def load(self, item: RawItem, partial: bool, text: str | None) -> object:
        """The object of an item: of its entity's class, or a plain item for an unknown entity.

        partial: whether the item came from an index that does not project whole items. text: its JSON.
        """

    def entity_name(self, item: RawItem) -> str | None:
        """The name of the entity that an item is of, or None for an unknown one."""
