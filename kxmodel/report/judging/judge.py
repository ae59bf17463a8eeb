"""An item of a table against the schema: which entity it is, and everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.errors import Problem, ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.ir.rules import rules_of
from kxmodel.keys import is_recognised
from kxmodel.report.finding import SHOWN_TEXT, Whose, cut
from kxmodel.report.judging.rules import key_limits
from kxmodel.report.judging.stale import KeyCheck
from kxmodel.validate import Validator
from kxmodel.values import (
    MAX_ITEM_BYTES,
    attribute_size,
    item_from_json,
    item_size,
    utf8_length,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.ir import Entity, Table
    from kxmodel.report.finding import ItemFinding
    from kxmodel.report.judging.stale import Found
    from kxmodel.report.reading.record import Item
    from kxmodel.values import JSON

_SCHEMA: Final = "KX660"
_NO_ENTITY: Final = "KX661"
_UNUSABLE: Final = "KX663"
_TOO_LARGE: Final = "KX668"
#: A key of so many characters is under its limit in bytes, whatever they are (UTF-8, RFC 3629).
_SURELY_SHORT: Final = 256


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found of one item. entity: empty where it is of none; tenant: where it names none."""

    entity: str
    tenant: str
    findings: tuple[ItemFinding, ...]
    foreign: bool = False
    """Whether it lacks a key attribute of the table, as items of another table do."""


class Judge:
    """Judges the items of one table. Raises SchemaError KX440 where a schema cannot be compiled."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._limits = key_limits(table)
        self._entities = [_Entity(table, entity) for entity in table.entities]
        self._named = {entity.name: entity for entity in self._entities}

    def judge(self, item: Item, place: str) -> Judged:
        """Everything that is wrong with an item. place: ``file:line``, or the table's name."""
        values = item.values
        missing = [key.name for key in self.table.keys if key.name not in values]
        known = next((e for e in self._entities if e.recognises(values)), None)
        entity = self._named.get(item.entity) if item.entity else known
        found = [*self._missing_keys(missing)]
        if entity is None or known is not entity:
            words = self._unknown(item.entity, known)
            found.append((Problem((), None, "entity", words), _NO_ENTITY))
        if entity is not None and len(missing) < len(self.table.keys):
            found += entity.problems(values)
        found += self._sizes(item)
        tenant = values.get(self.table.tenant) if self.table.tenant else None
        whose = cut(tenant) if isinstance(tenant, str) else ""
        name = entity.name if entity else ""
        if not found:
            return Judged(name, whose, ())
        about = Whose(self.table.name, name, whose, place, self._key(values))
        findings = tuple(about.finding(problem, code) for problem, code in _once(found))
        return Judged(name, whose, findings, bool(missing))

    def _missing_keys(self, missing: list[str]) -> Iterator[Found]:
        for name in missing:
            kind = "partition" if name == self.table.hash.name else "sort"
            words = f"is missing: it is the {kind} key of {self.table.name}"
            yield Problem((name,), None, "key", words), _UNUSABLE

    def _unknown(self, listed: str, known: _Entity | None) -> str:
        names = ", ".join(self._named)
        if listed in self._named:
            told = f"is known as {known.name}" if known else "is not known as one"
            return f"stands in the list of {listed}, and {told}"
        if listed:
            return f"stands in the list of {listed}, and {self.table.name} has {names}"
        return f"is of no entity of {self.table.name}, which has {names}"

    def _sizes(self, item: Item) -> Iterator[Found]:
        for name, limit in self._limits.items():
            value = item.values.get(name)
            if isinstance(value, str) and len(value) > _SURELY_SHORT:
                size = _key_size(item, name, value)
                if size > limit:
                    words = f"has {size:,} bytes, and as a key at most {limit:,} are allowed"
                    yield Problem((name,), value, "size", words), _UNUSABLE
        if item.most is None or item.most > MAX_ITEM_BYTES:
            yield from _item_size(item)

    def _key(self, values: Mapping[str, JSON]) -> dict[str, str]:
        shown = {}
        for key in self.table.keys:
            value = values.get(key.name)
            if isinstance(value, str):
                shown[key.name] = cut(value)
            elif key.name in values:
                shown[key.name] = shorten(value, SHOWN_TEXT)
        return shown


class _Entity:
    def __init__(self, table: Table, entity: Entity) -> None:
        self.name = entity.name
        self._recognition = entity.recognition
        self._validator = Validator(entity.schema, entity.name)
        self._keys = KeyCheck(rules_of(table, entity))

    def recognises(self, values: Mapping[str, JSON]) -> bool:
        return is_recognised(self._recognition.equals, self._recognition.prefixes, values.get)

    def problems(self, values: Mapping[str, JSON]) -> Iterator[Found]:
        broken = self._validator.problems(values)
        for problem in broken:
            yield problem, _SCHEMA
        yield from self._keys.problems(values, {problem.path for problem in broken})


def _key_size(item: Item, name: str, value: str) -> int:
    stored = item.stored.get(name) if item.stored else None
    try:
        return attribute_size(stored) if stored else utf8_length(value)
    except ValueRefused:
        return 0  # text without a UTF-8 form, which validation reports


def _item_size(item: Item) -> Iterator[Found]:
    try:
        stored = item.stored or item_from_json(dict(item.values))
        size = item_size(stored)
    except ValueRefused:
        return  # what DynamoDB cannot hold has no size there; validation reports it
    if size > MAX_ITEM_BYTES:
        largest = max(stored, key=lambda name: attribute_size(stored[name]))
        words = f"has {size:,} bytes, and at most {MAX_ITEM_BYTES:,} are allowed; most is in {cut(largest, 60)}"
        yield Problem((), None, "size", words), _TOO_LARGE


def _once(found: list[Found]) -> Iterator[Found]:
    """The findings without those that say of a key again that it is missing or too long."""
    said: set[tuple[str | int, ...]] = set()
    for problem, code in found:
        again = code == _UNUSABLE or (code == _SCHEMA and problem.rule == "required")
        if again and problem.path in said:
            continue
        if code == _UNUSABLE:
            said.add(problem.path)
        yield problem, code
