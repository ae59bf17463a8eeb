"""What the engine has to know of the table it works on."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kxmodel.migrate.backfill.client import DynamoClient
    from kxmodel.migrate.tasks.task import Item
    from kxmodel.values import JSON

#: Bytes of an item for one write unit.
_WRITE_UNIT: Final = 1024


@dataclass(frozen=True)
class TableFacts:
    """name: as it is where it is. hash, range: its key attributes.

    index_hashes: the partition keys of its global indexes; a write that changes one is a write to
    that index too. items, bytes: as DescribeTable says, which can be six hours old.
    key_types: of the key attributes.
    """

    name: str
    hash: str
    range: str | None = None
    index_hashes: tuple[str, ...] = ()
    index_keys: tuple[tuple[str, ...], ...] = ()
    items: int = 0
    bytes: int = 0
    key_types: tuple[str, ...] = ("S", "S")

    @property
    def keys(self) -> tuple[str, ...]:
        """The key attributes, partition key first."""
        return (self.hash,) if self.range is None else (self.hash, self.range)

    @property
    def mean_bytes(self) -> float:
        """The size of an item on average; 0 where nothing is known."""
        return self.bytes / self.items if self.items else 0.0

    def key_of(self, item: Item) -> Item:
        """The key of an item."""
        return {name: item[name] for name in self.keys}

    def indexes_touched(self, attributes: Iterable[str]) -> int:
        """How many global indexes a change of these attributes writes to."""
        changed = set(attributes)
        return sum(not changed.isdisjoint(keys) for keys in self.index_keys)

    def write_units(self, attributes: Collection[str]) -> float:
        """Write units of changing these attributes of an average item, those of its indexes included.

        An item whose own key is among them is moved: a transaction takes two units for each KB put
        and deleted, and every index loses an entry and gets one
        (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
        """
        units = ceil(max(self.mean_bytes, 1) / _WRITE_UNIT)
        if not set(self.keys).isdisjoint(attributes):
            return units * (4.0 + 2.0 * len(self.index_keys))
        return units * (1.0 + self.indexes_touched(attributes))

    def to_json(self) -> dict[str, JSON]:
        """Plain JSON of all fields."""
        return {
            "name": self.name,
            "hash": self.hash,
            "range": self.range,
            "index_keys": [[*keys] for keys in self.index_keys],
            "index_hashes": [*self.index_hashes],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, JSON]) -> TableFacts:
        """The opposite of `to_json`, sizes apart."""
        range_, keys, hashes = value["range"], value["index_keys"], value["index_hashes"]
        assert isinstance(keys, list)
        assert isinstance(hashes, list)
        return cls(
            str(value["name"]),
            str(value["hash"]),
            None if range_ is None else str(range_),
            tuple(map(str, hashes)),
            tuple(tuple(map(str, row)) for row in keys if isinstance(row, list)),
        )


def describe(client: DynamoClient, name: str) -> TableFacts:
    """Ask DynamoDB. Raises botocore's ClientError."""
    table = client.describe_table(TableName=name)["Table"]
    roles = {row["KeyType"]: row["AttributeName"] for row in table["KeySchema"]}
    roles = {role: roles[role] for role in ("HASH", "RANGE") if role in roles}
    types = {r["AttributeName"]: r["AttributeType"] for r in table["AttributeDefinitions"]}
    indexes = table.get("GlobalSecondaryIndexes") or ()
    schemas = [index["KeySchema"] for index in indexes]
    hashes = [r["AttributeName"] for s in schemas for r in s if r["KeyType"] == "HASH"]
    return TableFacts(
        name,
        roles["HASH"],
        roles.get("RANGE"),
        tuple(dict.fromkeys(hashes)),
        tuple(tuple(row["AttributeName"] for row in schema) for schema in schemas),
        int(table.get("ItemCount", 0)),
        int(table.get("TableSizeBytes", 0)),
        tuple(types[name] for name in roles.values()),
    )
