"""What nobody uses: indexes, entities, patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kxmodel.dialect import shape_at
from kxmodel.errors.base import shorten
from kxmodel.ir import Scalar
from kxmodel.keys import OneOf
from kxmodel.lint.place import below, of_table, of_when
from kxmodel.lint.rule import Fault, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import AccessPattern, Table

_Question: TypeAlias = tuple[object, ...]


@rule("KX241", "warning")
def index_never_filled(table: Table) -> Iterator[Fault]:
    """No entity puts items into the index."""
    filled = {keys.index for entity in table.entities for keys in entity.indexes}
    for index in table.indexes:
        if index.name not in filled:
            yield Fault(
                of_table("indexes", index.name),
                f"no entity has keys for {index.name}: it stays empty",
                f"Give an entity keys for it in x-kx-entity.indexes, or remove {index.name}.",
            )


@rule("KX242", "warning")
def index_never_read(table: Table) -> Iterator[Fault]:
    """No pattern reads the index, and every write pays for it."""
    read = {pattern.index for pattern in table.patterns}
    for index in table.indexes:
        if index.name not in read:
            yield Fault(
                of_table("indexes", index.name),
                f"no access pattern reads {index.name}, and every write to it is paid for",
                f"Add the pattern that {index.name} is for, or remove {index.name}.",
            )


@rule("KX243", "note")
def entity_in_no_pattern(table: Table) -> Iterator[Fault]:
    """No pattern finds items of the entity; only their primary key does."""
    found = {name for p in table.patterns for name in (*p.returns, p.entity)}
    for entity in table.entities:
        if entity.name not in found:
            yield Fault(
                below(entity.pointer, "x-kx-entity"),
                f"no access pattern returns {entity.name}: its items are found by primary key only",
            )


@rule("KX244", "warning")
def same_question(table: Table) -> Iterator[Fault]:
    """Two patterns of an entity ask one and the same thing."""
    asked: dict[_Question, AccessPattern] = {}
    for pattern in table.patterns:
        first = asked.setdefault(_question(pattern), pattern)
        if first is not pattern:
            yield Fault(
                pattern.pointer,
                f"{pattern.entity}.{pattern.name} asks what {shorten(first.name)} asks already",
            )


@rule("KX245", "warning")
def condition_never_holds(table: Table) -> Iterator[Fault]:
    """A `when` waits for a value that the attribute never has."""
    structures = {structure.name: structure for structure in table.structures}
    for entity in table.entities:
        for keys in entity.indexes:
            for test in keys.when.tests if keys.when else ():
                shape = shape_at(entity, structures, test.source)
                if not isinstance(test, OneOf) or not isinstance(shape, Scalar):
                    continue
                never = [v for v in test.values if not _possible(shape, v)]
                if len(never) == len(test.values):
                    yield Fault(
                        of_when(entity, keys.index, test.source),
                        f"{entity.name} is never in {keys.index}: {shorten(test.source)} cannot be "
                        f"{' or '.join(map(shorten, never))}",
                    )


def _possible(shape: Scalar, value: object) -> bool:
    if shape.choices:
        return any(
            value == c and isinstance(value, bool) is isinstance(c, bool) for c in shape.choices
        )
    if shape.kind == "boolean":
        return isinstance(value, bool)
    if shape.kind in ("integer", "number", "decimal", "version", "ttl"):
        return not isinstance(value, bool | str)
    return isinstance(value, str)


def _question(pattern: AccessPattern) -> _Question:
    return (
        pattern.entity,
        pattern.index,
        frozenset(pattern.given),
        frozenset(pattern.filter),
        frozenset(pattern.fixed.items()),
        pattern.range,
        pattern.order,
        pattern.result,
        frozenset(pattern.returns),
        pattern.consistent,
    )
