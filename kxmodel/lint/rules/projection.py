"""Whether an index holds what a pattern reads from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.dialect.node import suggestion
from kxmodel.errors.base import shorten
from kxmodel.lint.place import of_table
from kxmodel.lint.reads import Read, reads
from kxmodel.lint.rule import Fault, rule
from kxmodel.lint.text import be, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Entity, Table


@rule("KX207", "warning")
def not_projected(table: Table) -> Iterator[Fault]:
    """Objects come back without some of their attributes."""
    for read in reads(table):
        held = _held(table, read)
        if held is None:
            continue
        for entity in read.returned:
            missing = [a.name for a in entity.attributes if a.name not in held]
            if missing:
                yield Fault(
                    read.place("index"),
                    f"{read.name} returns {entity.name} without {listed(missing)}, which "
                    f"{be(missing)} not projected into {read.target}; such an object cannot be "
                    "saved",
                    f"Add {listed(missing)} to the projection of {read.target}, or project ALL.",
                )


@rule("KX208", "error")
def reads_unprojected(table: Table) -> Iterator[Fault]:
    """A pattern needs an attribute that the index does not hold, and so finds nothing."""
    for read in reads(table):
        held = _held(table, read)
        if held is None:
            continue
        for path in read.compared():
            if path.partition(".")[0] not in held:
                yield Fault(
                    read.place("index"),
                    f"{read.name} compares {shorten(path)}, which is not projected into "
                    f"{read.target}: no item would match",
                    f"Project {shorten(path.partition('.')[0])} into {read.target}, or project ALL.",
                )
        for entity in read.returned:
            missing = [name for name in _tested(entity) if name not in held]
            if missing:
                yield Fault(
                    read.place("index"),
                    f"{read.name} cannot tell what is {entity.name}: it is recognised by "
                    f"{listed(missing)}, which {be(missing)} not projected into {read.target}",
                    f"Project {listed(missing)} into {read.target}, or project ALL.",
                )


@rule("KX262", "warning")
def unknown_projected(table: Table) -> Iterator[Fault]:
    """A projection names an attribute that no entity has."""
    known = dict.fromkeys(name for entity in table.entities for name in entity.members)
    for index in table.indexes:
        for number, name in enumerate(index.include):
            if name not in known:
                yield Fault(
                    of_table("indexes", index.name, "projection", str(number)),
                    f"{index.name} projects {shorten(name)}, which no entity has"
                    f"{suggestion(name, known)}",
                )


def _held(table: Table, read: Read) -> frozenset[str] | None:
    """The attributes that the index holds; None for all of them."""
    if read.index is None or read.index.projection == "ALL":
        return None
    keys = (key.name for key in (*table.keys, *read.index.attributes))
    return frozenset((*keys, *read.index.include))


def _tested(entity: Entity) -> tuple[str, ...]:
    return (*entity.recognition.equals, *entity.recognition.prefixes)
