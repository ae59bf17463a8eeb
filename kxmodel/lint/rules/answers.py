"""Whether an access pattern is answered by the index that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kxmodel.dialect import shape_at
from kxmodel.errors.base import shorten
from kxmodel.ir import Scalar
from kxmodel.keys import Literal, OneOf, Present
from kxmodel.lint.narrow import meet, narrowed
from kxmodel.lint.reads import Read, reads
from kxmodel.lint.rule import Fault, rule
from kxmodel.lint.text import be, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Entity, Table
    from kxmodel.keys import Condition, Template

#: A template without the names of its sources.
_Skeleton: TypeAlias = tuple[str | tuple[tuple[str, str | None], ...], ...]


@rule("KX201", "error")
def unanswerable(table: Table) -> Iterator[Fault]:
    """The arguments do not make the partition key, so that no Query can be sent."""
    for read in reads(table):
        for template in read.keys(read.entity, read.hash):
            missing = [source for source in template.sources if source not in read.known]
            if not missing:
                continue
            shards = [
                f"one of the {bound.argument} shards of {shorten(part.source)}"
                for part in template.placeholders
                for bound in part.filters
                if bound.name == "shard" and part.source in missing
            ]
            spread = f"; a Query reads {shards[0]} only" if shards else ""
            yield Fault(
                read.place("given"),
                f"{read.name} cannot be answered by {read.target}: its partition key "
                f"{shorten(template.text)} needs {listed(missing)}, which {be(missing)} neither "
                f"given nor fixed{spread}",
                f"Add {listed(missing)} to `given`, give a value in `fixed`, or read an index whose "
                "partition key is made of what is given.",
            )


@rule("KX202", "warning")
def compared(table: Table) -> Iterator[Fault]:
    """An argument that no key settles is compared on every item, read and billed before."""
    for read in reads(table):
        for path in read.compared():
            if path in read.pattern.filter:
                continue
            fixed = path in read.pattern.fixed
            place = ("fixed", path) if fixed else ("given", read.pattern.given.index(path))
            _, open_part = read.leading(read.entity)
            behind = any(path in t.sources for t in read.keys(read.entity, read.range))
            why = (
                f"it stands in the sort key behind {shorten(open_part.source)}, which is not given"
                if behind and open_part
                else f"it is in no key of {read.target}"
            )
            yield Fault(
                read.place(*place),
                f"{read.name} reads every item of the partition to compare {shorten(path)}: {why}",
                "Make it part of the key, earlier than what is left open"
                + ("." if fixed else f', or say that it is meant: "filter": ["{path}"].'),
            )


@rule("KX203", "error")
def never_returned(table: Table) -> Iterator[Fault]:
    """An entity that a pattern returns can never come back."""
    for read in reads(table):
        if read.place("returns") not in table.locations:
            continue  # the default: whatever may share the partition
        for place, entity in _others(read):
            if not _share(table, read, entity):
                yield Fault(
                    place,
                    f"{read.name} never returns {entity.name}: in {read.target} its partition key "
                    f"is {_shown(read, entity)}, that of {read.entity.name} is "
                    f"{_shown(read, read.entity)}",
                    f"Take {entity.name} out of `returns`, or give it the same partition key.",
                )
                continue
            for path in read.compared():
                if shape_at(entity, {s.name: s for s in table.structures}, path) is None:
                    yield Fault(
                        place,
                        f"{read.name} never returns {entity.name}, which has no {shorten(path)} to "
                        "compare",
                        f"Take {entity.name} out of `returns`, or give it that attribute.",
                    )


@rule("KX204", "warning")
def returned_by_chance(table: Table) -> Iterator[Fault]:
    """An entity shares the partition only if its values happen to be alike."""
    for read in reads(table):
        own = [_skeleton(template) for template in read.keys(read.entity, read.hash)]
        for place, entity in _others(read):
            others = [_skeleton(template) for template in read.keys(entity, read.hash)]
            if others != own and _share(table, read, entity):
                yield Fault(
                    place,
                    f"{read.name} returns {entity.name} only where values happen to agree: in "
                    f"{read.target} its partition key is {_shown(read, entity)}, that of "
                    f"{read.entity.name} is {_shown(read, read.entity)}",
                    "List in `returns` what is meant to come back, or build both keys alike.",
                )


@rule("KX209", "error")
def never_finds(table: Table) -> Iterator[Fault]:
    """A value that the pattern fixes is one that no item in the index has."""
    structures = {structure.name: structure for structure in table.structures}
    for read in reads(table):
        for path, value in read.pattern.fixed.items():
            shape = shape_at(read.entity, structures, path)
            if isinstance(shape, Scalar) and shape.choices and value not in shape.choices:
                yield Fault(
                    read.place("fixed", path),
                    f"{read.name} finds nothing: {shorten(path)} is never {shorten(value)}, but one "
                    f"of {', '.join(map(shorten, shape.choices))}",
                    "Fix one of the values that the attribute can have.",
                )
            for when in _conditions(read):
                if not _may_be(when, path, value):
                    yield Fault(
                        read.place("fixed", path),
                        f"{read.name} finds nothing: {read.target} holds no item whose "
                        f"{shorten(path)} is {shorten(value)}, by the entity's `when`",
                        "Fix a value that `when` lets into the index, or read another index.",
                    )


def _others(read: Read) -> Iterator[tuple[str, Entity]]:
    for number, entity in enumerate(read.returned):
        if entity.name != read.entity.name:
            yield read.place("returns", number), entity


def _share(table: Table, read: Read, entity: Entity) -> bool:
    """Whether items of the entity and of the pattern's own can be in one partition."""
    pairs = zip(read.keys(read.entity, read.hash), read.keys(entity, read.hash), strict=False)
    return bool(read.keys(entity, read.hash)) and all(
        meet(narrowed(table, read.entity, own), narrowed(table, entity, other)) is not None
        for own, other in pairs
    )


def _shown(read: Read, entity: Entity) -> str:
    texts = [template.text for template in read.keys(entity, read.hash)]
    return " + ".join(map(shorten, texts)) if texts else "not there"


def _skeleton(template: Template) -> _Skeleton:
    return tuple(
        part.text
        if isinstance(part, Literal)
        else tuple((bound.name, bound.argument) for bound in part.filters)
        for part in template.parts
    )


def _conditions(read: Read) -> Iterator[Condition]:
    for keys in read.entity.indexes:
        if read.index and keys.index == read.index.name and keys.when:
            yield keys.when


def _may_be(when: Condition, path: str, value: str | int | bool) -> bool:
    """Whether an item with that value can meet the condition."""
    for test in when.tests:
        match test:
            case OneOf(source=source, values=values) if source == path:
                if not any(type(value) is type(v) and value == v for v in values):
                    return False
            case Present(source=source, present=False) if source == path:
                return False
            case _:
                pass
    return True
