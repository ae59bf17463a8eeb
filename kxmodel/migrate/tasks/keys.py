"""Filling index keys: an item gets the key attributes that its attributes give, and loses stale ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.errors import KeyBuildError, Problem, ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.keys import derive
from kxmodel.migrate.tasks.entity_keys import CompiledKeys, EntityKeys, IndexKeys, KeyTypes, made_of
from kxmodel.migrate.tasks.equal import same
from kxmodel.migrate.tasks.task import ALREADY, SKIPPED, Item, Verdict, find
from kxmodel.values import AttributeValue, to_json

if TYPE_CHECKING:
    from kxmodel.keys import Derived, KeyPart
    from kxmodel.migrate.tasks.task import Guards, Path

__all__ = ["EntityKeys", "IndexKeys", "KeyTypes", "KeysTask"]


@dataclass(frozen=True)
class KeysTask:
    """Fill the keys of one or more indexes, for one or more entities of a table, in one pass."""

    table: str
    entities: tuple[EntityKeys, ...]
    key_types: KeyTypes = field(default_factory=KeyTypes)

    @cached_property
    def compiled(self) -> tuple[CompiledKeys, ...]:
        """The entities' templates. Raises BackfillError KX628 for one that is malformed."""
        return tuple(entity.compile(self.key_types) for entity in self.entities)

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """Sources, what items are recognised by, and the key attributes themselves."""
        return tuple(dict.fromkeys(name for keys in self.compiled for name in keys.reads))

    @cached_property
    def writes(self) -> frozenset[str]:
        """The derived key attributes of the indexes to fill."""
        return frozenset(name for keys in self.compiled for name in keys.writes)

    def guards(self, item: Item) -> Guards:
        """What decides about an item's keys, as it is stored; see `CompiledKeys.guards`."""
        for keys in self.compiled:
            if keys.entity.recognise.holds(item):
                return keys.guards(item)
        return {}

    def judge(self, item: Item) -> Verdict:
        """See `Task`. An item that several entities recognise is of the first."""
        for keys in self.compiled:
            if keys.entity.recognise.holds(item):
                return _judge(keys, item)
        return SKIPPED


def evaluate_item(keys: CompiledKeys, item: Item) -> tuple[Derived, dict[str, Problem]]:
    """What the templates give for an item; and by index, what keeps its key from being built."""
    computed = keys.entity.derive
    derived = derive(keys.rules, keys.sets, plain_values(keys, item))
    problems = {key_set.name: problem_of(error) for key_set, error in derived.errors}
    for key_set, path, types in keys.typed:
        value = item.get(path[0]) if len(path) == 1 else find(item, path)
        if (
            value is not None
            and types.isdisjoint(value)
            and not derived.present.keys().isdisjoint(key_set.attributes)
        ):
            problems.setdefault(key_set.name, _mistyped(path, value, types))
    for one in keys.sets if problems else ():
        # A key made of an attribute that cannot be told cannot be told either.
        for name in sorted(made_of(one) & problems.keys() & computed.keys()):
            problems.setdefault(one.name, problems[name])
    return derived, problems


def plain_values(keys: CompiledKeys, item: Item) -> View:
    """What the templates are evaluated over: the item without what they give themselves."""
    computed = keys.entity.derive
    return View({n: v for n, v in item.items() if n not in computed} if computed else item)


def _judge(keys: CompiledKeys, item: Item) -> Verdict:
    derived, problems = evaluate_item(keys, item)
    writes = keys.writes
    if problems:
        # What another index cannot be given keeps the item out of none that it shares an attribute with.
        whole = [s for s in keys.sets if s.name not in problems]
        derived = derive(keys.rules, whole, plain_values(keys, item))
        broken = {name for s in keys.sets if s.name in problems for name in s.attributes}
        writes -= broken - derived.present.keys()
    wanted = {n: v for n, v in derived.present.items() if n in writes}
    to_set = {name: value for name, value in wanted.items() if not same(item.get(name), value)}
    to_remove = tuple(
        name for name in sorted(derived.absent & writes) if item.get(name) is not None
    )
    problem = _unindexable(keys, item) or next(
        (problem for name, problem in problems.items() if name in keys.targets), None
    )
    if not to_set and not to_remove:
        if problem is not None:
            return Verdict("bad", problem=problem)
        return ALREADY if wanted or _natural_only(keys, item) else SKIPPED
    stale: Guards = {(name,): item.get(name) for name in (*to_set, *to_remove)}
    guards = {**keys.guards(item), **stale}
    return Verdict("change" if problem is None else "bad", to_set, to_remove, guards, problem)


def _natural_only(keys: CompiledKeys, item: Item) -> bool:
    """Whether there is nothing to derive, and the item is in the index by its own attributes."""
    return not keys.writes and all(part.attribute in item for part in keys.natural)


def _unindexable(keys: CompiledKeys, item: Item) -> Problem | None:
    """A natural key attribute whose stored value DynamoDB would keep out of the index.

    "Managing Global Secondary Indexes", section on index key violations:
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html
    """
    for part in keys.natural:
        value = item.get(part.attribute)
        if value is not None and not _fits(part, value):
            return Problem(
                (part.attribute,),
                shorten(next(iter(value.values()))),
                "key",
                f"is the key of an index of type {part.key_type}, and DynamoDB would keep this "
                "value out of it and refuse later writes to the item",
                code="KX630",
            )
    return None


def _fits(part: KeyPart, value: AttributeValue) -> bool:
    if part.key_type == "N":
        return "N" in value
    content = value.get("S") if part.key_type == "S" else value.get("B")
    return bool(content)


def _mistyped(path: Path, value: AttributeValue, types: frozenset[str]) -> Problem:
    ((tag, content),) = value.items()
    return Problem(
        path,
        shorten(content),
        "type",
        f"is stored as {tag}, and the schema has {' or '.join(sorted(types, reverse=True))}",
        code="KX324",
    )


def problem_of(error: KeyBuildError) -> Problem:
    """Why a key cannot be built, as a report tells it."""
    return Problem(
        tuple(error.attribute.split(".")),
        None if error.value is None else shorten(error.value),
        "key",
        error.message,
        code=error.code,
    )


class View(Mapping[str, object]):
    """An item in its JSON projection, of which only what is asked for is made. Binary stays bytes."""

    __slots__ = ("_item",)

    def __init__(self, item: Item) -> None:
        self._item = item

    def __getitem__(self, name: str) -> object:
        value = self._item[name]
        if "S" in value:
            return value["S"]
        if "B" in value:
            return value["B"]
        try:
            return to_json(value)
        except ValueRefused as error:
            raise KeyBuildError(
                f"{name} cannot be read: {error.message}", attribute=name, code=error.code
            ) from error

    def get(self, name: str, default: object = None) -> object:
        """As of any mapping, without an exception where there is none: it is asked for every item."""
        return self[name] if name in self._item else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._item)

    def __len__(self) -> int:
        return len(self._item)
