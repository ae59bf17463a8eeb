"""A model class as the access patterns see it (`kxmodel.runtime.patterns.Reader`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

from kxmodel.errors import ValueRefused
from kxmodel.runtime.attributes import KxAttribute, UlidAttribute
from kxmodel.runtime.partial import mark_partial
from kxmodel.runtime.recognise import class_of
from kxmodel.runtime.spec import spec_of
from kxmodel.values.ulid import ULID_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kxmodel.keys import KeyType
    from kxmodel.runtime.connection import KxConnection, KxTableConnection
    from kxmodel.values import AttributeValue


class ModelReader:
    """One table through the eyes of one model class."""

    def __init__(self, model: type[Any]) -> None:
        self.model = model

    @property
    def table(self) -> str:
        """The table's name as it is bound now."""
        return str(self.model.Meta.table_name)

    def query(
        self, request: dict[str, Any]
    ) -> tuple[dict[str, Any], Iterable[tuple[Mapping[str, AttributeValue], str | None]]]:
        """Send a Query; its answer, and its items one by one with the JSON that they were read from."""
        table: KxTableConnection = self.model._get_connection()
        connection = cast("KxConnection", table.connection)
        return connection.dispatch_items("Query", {"TableName": table.table_name, **request})

    def load(
        self, item: Mapping[str, AttributeValue], partial: bool, text: str | None = None
    ) -> object:
        """The object of an item."""
        made = self.model._kx_load(item, text)
        return mark_partial(made) if partial else made

    def entity_name(self, item: Mapping[str, AttributeValue]) -> str | None:
        """The name of the entity that an item is of."""
        found = class_of(self.model, item)
        return None if found is None else str(found._kx_entity.name)

    def normalise(self, path: str, value: object) -> object:
        """An argument as the attribute at that path would keep it: e-mail lower, phone E.164."""
        attribute = spec_of(self.model).attribute_at(tuple(path.split(".")))
        if value is None or not isinstance(attribute, KxAttribute):
            return value
        try:
            return attribute.normalise(value)
        except ValueRefused as error:
            if isinstance(attribute, UlidAttribute) and _may_be_stored(value):
                return value
            raise ValueRefused(error.message, code=error.code, where=path, fix=error.fix) from error

    def key_schema(
        self, index: str | None
    ) -> tuple[tuple[tuple[str, KeyType], ...], tuple[tuple[str, KeyType], ...]]:
        """((attribute, type), ...) of the partition key and of the sort key."""
        if index is None:
            attributes = list(self.model.get_attributes().values())
        else:
            attributes = list(self.model._indexes[index].Meta.attributes.values())
        hashes = tuple((a.attr_name, a.attr_type) for a in attributes if a.is_hash_key)
        ranges = tuple((a.attr_name, a.attr_type) for a in attributes if a.is_range_key)
        return hashes, ranges

    def projection(self, index: str | None) -> Literal["ALL", "KEYS_ONLY", "INCLUDE"]:
        """What an index projects."""
        if index is None:
            return "ALL"
        kind: Literal["ALL", "KEYS_ONLY", "INCLUDE"] = self.model._indexes[
            index
        ].Meta.projection.projection_type
        return kind


def _may_be_stored(value: object) -> bool:
    """Whether a text that is no ULID is as long as one: items older than the rule have such keys.

    Writes are strict about them; a read must still find what is there.
    """
    return isinstance(value, str) and len(value) == ULID_LENGTH
