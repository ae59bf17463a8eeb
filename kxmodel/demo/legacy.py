"""Items as an older program left them: made from the schema's examples, varied by a seed. Pure.

They have their primary keys and no index key. Some hold what the schema does not allow: index
sources in a list or too long for a key, capitals in an e-mail address, phone numbers as
people write them.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final, cast

from kxmodel.ir import MapOf, Scalar
from kxmodel.keys import is_absent, lookup, render
from kxmodel.values import MAX_PARTITION_KEY_BYTES, format_timestamp
from kxmodel.values.ulid import ALPHABET, ULID_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Attribute, Entity, Table
    from kxmodel.values import JSON

#: Items of one contact, tenants, and the first moment of them.
_GROUP: Final = 8
_TENANTS: Final = 12
_EPOCH: Final = datetime(2024, 1, 1, tzinfo=UTC)

#: Shares of the items.
_WITHOUT_SOURCE: Final = 0.05
_WRONG_TYPE: Final = 0.006
_TOO_LONG: Final = 0.003
_CAPITALS: Final = 0.005
_OTHER_SPELLING: Final = 0.5
_UNREADABLE_PHONE: Final = 0.02


def legacy_items(
    table: Table, entity: Entity, count: int, seed: int = 1
) -> Iterator[dict[str, JSON]]:
    """So many items as plain JSON, no two with one primary key; the same ones for the same seed.

    The first are the examples themselves, without their index keys. There are fewer of an entity that
    is a tenant, and none of one without examples.
    """
    made = _Maker(table, entity, Random(f"{seed} {table.name} {entity.name}"))  # noqa: S311
    seen = set()
    for number in range(count if entity.examples else 0):
        item = made.item(number)
        key = tuple(str(item[one.name]) for one in table.keys)
        if key not in seen:
            seen.add(key)
            yield item


@dataclass(frozen=True)
class _Maker:
    table: Table
    entity: Entity
    random: Random

    def item(self, number: int) -> dict[str, JSON]:
        examples = self.entity.examples
        item = cast("dict[str, JSON]", deepcopy(dict(examples[number % len(examples)])))
        for name in self._derived:
            item.pop(name, None)
        if number < len(examples):
            return item
        self._vary(item, number)
        self._spoil(item)
        for name, template in self.entity.keys.items():
            item[name] = render(template, item)
        return item

    @property
    def _derived(self) -> set[str]:
        """Key attributes of indexes that are made of other attributes."""
        keys = (pair for filled in self.entity.indexes for pair in filled.keys.items())
        return {name for name, template in keys if template.sources != (name,)} - set(
            self.entity.keys
        )

    @property
    def _index_sources(self) -> list[str]:
        own = {source for template in self.entity.keys.values() for source in template.sources}
        found = [s for f in self.entity.indexes for t in f.keys.values() for s in t.sources]
        return [source for source in dict.fromkeys(found) if source not in own]

    def _vary(self, item: dict[str, JSON], number: int) -> None:
        hash_sources = self.entity.keys[self.table.hash.name].sources
        others = [t.sources for n, t in self.entity.keys.items() if n != self.table.hash.name]
        range_sources = [source for sources in others for source in sources]
        # Where the sort key alone tells items apart, several share a partition key.
        apart = any(self._is_distinct(s) for s in range_sources if s not in hash_sources)
        group = number // _GROUP if apart else number
        if self.table.tenant and self.table.tenant in item:
            # By group, the first tenant being the largest.
            tenant = int(_TENANTS * Random(group).random() ** 2)  # noqa: S311
            if tenant:
                item[self.table.tenant] = f"{item[self.table.tenant]}_{tenant}"
        for path in dict.fromkeys((*hash_sources, *range_sources, *self._index_sources)):
            if path != self.table.tenant and not is_absent(lookup(item, tuple(path.split(".")))):
                in_group = path in hash_sources
                self._set(item, path, self._value(item, path, group if in_group else number))

    def _value(self, item: dict[str, JSON], path: str, number: int) -> JSON:
        """Another value of an attribute's kind; the same for the same number where it is in a key."""
        attribute = self._attribute(path)
        former = cast("JSON", lookup(item, tuple(path.split("."))))
        if attribute is None or not isinstance(attribute.shape, Scalar):
            return former
        if attribute.shape.kind == "email":
            name, _, host = str(former).rpartition("@")
            return f"{name}{number}@{host}"
        if attribute.shape.kind == "phone":
            return f"+1202{number % 10**7:07d}"
        if attribute.shape.kind == "timestamp":
            return format_timestamp(_EPOCH + timedelta(seconds=97 * number))
        if attribute.shape.kind == "ulid":
            at = _EPOCH + timedelta(seconds=97 * number)
            if attribute.generate and attribute.generate.time:
                item[attribute.generate.time] = format_timestamp(at)
            return _ulid(at, self.random)
        if attribute.shape.kind == "integer":
            return number
        if attribute.shape.kind != "text":
            return former
        choices = _choices(attribute)
        own = {source for template in self.entity.keys.values() for source in template.sources}
        if attribute.shape.choices or (choices and path not in own):
            return cast("JSON", self.random.choice(choices))
        return f"{former}_{number}"

    def _is_distinct(self, path: str) -> bool:
        """Whether `_value` gives another value for every number."""
        attribute = self._attribute(path)
        if attribute is None or not isinstance(attribute.shape, Scalar):
            return False
        kinds = ("text", "integer", "ulid", "email", "phone", "timestamp")
        return attribute.shape.kind in kinds and not attribute.shape.choices

    def _spoil(self, item: dict[str, JSON]) -> None:
        for path in self._index_sources:
            attribute = self._attribute(path)
            value = lookup(item, tuple(path.split(".")))
            if attribute is None or is_absent(value) or not isinstance(value, str):
                continue
            self._set(item, path, self._spoilt(attribute, value))
            if not attribute.required and self.random.random() < _WITHOUT_SOURCE:
                self._set(item, path, None)
        for template in self.entity.keys.values():
            for path in template.sources:
                attribute = self._attribute(path)
                kind = (
                    attribute.shape.kind
                    if attribute and isinstance(attribute.shape, Scalar)
                    else ""
                )
                if kind == "email" and self.random.random() < _CAPITALS:
                    self._set(item, path, str(lookup(item, tuple(path.split(".")))).title())

    def _spoilt(self, attribute: Attribute, value: str) -> JSON:
        """The value of an index source, sometimes as it should not be."""
        luck = self.random.random()
        if luck < _WRONG_TYPE:
            return [value]
        if luck < _WRONG_TYPE + _TOO_LONG and attribute.generate is None:
            return value + "x" * MAX_PARTITION_KEY_BYTES
        if isinstance(attribute.shape, Scalar) and attribute.shape.kind == "phone":
            if luck > 1 - _UNREADABLE_PHONE:
                return f"{value[-7:-4]}-{value[-4:]}"
            if luck > 1 - _OTHER_SPELLING:
                return f"{value[:-10]} ({value[-10:-7]}) {value[-7:-4]}-{value[-4:]}"
        return value

    def _attribute(self, path: str) -> Attribute | None:
        """What the schema says of the attribute at a path."""
        first, *rest = path.split(".")
        found = self.entity.members.get(first)
        for name in rest:
            if found is None or not isinstance(found.shape, MapOf):
                return None
            found = self.table.structure(found.shape.structure).members.get(name)
        return found

    @staticmethod
    def _set(item: dict[str, JSON], path: str, value: JSON) -> None:
        """Set what is there; None removes it."""
        *outer, last = path.split(".")
        level: dict[str, Any] = item
        for name in outer:
            level = level[name]
        if value is None:
            level.pop(last, None)
        else:
            level[last] = value


def _choices(attribute: Attribute) -> list[object]:
    """The values that a text can have, or the examples of it where there are several."""
    shown = [*map(json.loads, attribute.examples)]
    given = attribute.shape.choices if isinstance(attribute.shape, Scalar) else ()
    return [*given] or (shown if len(shown) > 1 else [])


def _ulid(at: datetime, random: Random) -> str:
    """A ULID of that time whose random bits are the seed's."""
    number = (int(at.timestamp() * 1000) << 80) | random.getrandbits(80)
    return "".join(ALPHABET[(number >> 5 * n) & 31] for n in reversed(range(ULID_LENGTH)))
