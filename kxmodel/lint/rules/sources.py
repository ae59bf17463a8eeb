"""The sources of templates and conditions: whether they exist, fit, and are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.dialect import known_paths, shape_at
from kxmodel.dialect.node import suggestion
from kxmodel.dialect.presence import always_there
from kxmodel.errors.base import shorten
from kxmodel.ir import AnyValue, Scalar
from kxmodel.lint.place import of_key, of_when
from kxmodel.lint.rule import Fault, rule
from kxmodel.lint.text import listed
from kxmodel.lint.uses import templates, uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Entity, Shape, Table
    from kxmodel.keys import Placeholder

#: Kinds of values that each filter refuses, whatever the value.
_REFUSED: Final = {
    "pad": ("boolean", "timestamp", "ulid", "email", "phone"),
    "date": (
        *("boolean", "integer", "number", "decimal", "version", "ttl"),
        *("ulid", "email", "phone"),
    ),
    "e164": (
        *("boolean", "integer", "number", "decimal", "version", "ttl"),
        *("ulid", "email", "timestamp"),
    ),
}


@rule("KX211", "error")
def unknown_path(table: Table) -> Iterator[Fault]:
    """A template or a condition names a path that the entity does not declare."""
    structures = {structure.name: structure for structure in table.structures}
    for entity in table.entities:
        named = [(use.label, use.pointer, use.template.sources) for use in templates(table, entity)]
        named += [
            (f"`when` of {keys.index}", of_when(entity, keys.index, source), (source,))
            for keys in entity.indexes
            if keys.when
            for source in keys.when.sources
        ]
        for label, pointer, sources in named:
            for source in sources:
                if shape_at(entity, structures, source) is None:
                    near = suggestion(source, known_paths(entity, structures))
                    yield Fault(
                        pointer,
                        f"{entity.name} has no {shorten(source)}, which {label} is about{near}",
                    )


@rule("KX212", "error")
def unfit_source(table: Table) -> Iterator[Fault]:
    """A source has a type that no key can be made of, or that a filter does not take."""
    structures = {structure.name: structure for structure in table.structures}
    for entity in table.entities:
        for use in templates(table, entity):
            if use.natural:
                continue
            for placeholder in use.template.placeholders:
                shape = shape_at(entity, structures, placeholder.source)
                reason = _misfit(placeholder, shape, use.type)
                if reason:
                    yield Fault(
                        use.pointer,
                        f"{shorten(placeholder.source)} cannot be part of {use.label}: {reason}",
                    )


@rule("KX213", "error")
def optional_primary(table: Table) -> Iterator[Fault]:
    """A source of the primary key is optional: an item without it cannot be written at all."""
    for entity in table.entities:
        for use in uses(table, entity):
            if use.index is not None or use.role == "derive":
                continue
            missing = _optional(table, entity, use.template.placeholders)
            if missing:
                yield Fault(
                    use.pointer,
                    f"{entity.name} can be without {listed(missing, 'or')}, but {use.label} is made "
                    "of that, and no item can be without its primary key",
                    f"Add {listed(missing)} to `required`, without null; or let it be generated.",
                )


@rule("KX214", "warning")
def optional_sort(table: Table) -> Iterator[Fault]:
    """An item leaves an index only because the value that it would be sorted by is missing."""
    local = {index.name for index in table.indexes if index.local}
    for entity in table.entities:
        whens = {keys.index: keys.when for keys in entity.indexes}
        for use in uses(table, entity):
            if use.role != "range" or use.index is None or use.index in local:
                continue
            when = whens[use.index]
            meant = {*(when.sources if when else ()), *_of_partition(table, entity, use.index)}
            missing = [
                source
                for source in _optional(table, entity, use.template.placeholders)
                if source not in meant
            ]
            if missing:
                default = (
                    ""
                    if use.type != "S"
                    else (f" give a default in the template (${{{missing[0]}|default:...}}),")
                )
                yield Fault(
                    use.pointer,
                    f"{entity.name} without {listed(missing, 'or')} silently drops out of "
                    f"{use.index}, which is sorted by it",
                    f"Add {listed(missing)} to `required`,{default} or say that the index is sparse: "
                    f'"when": {{"{missing[0]}": {{"present": true}}}}.',
                )


@rule("KX215", "error")
def derived_of_derived(table: Table) -> Iterator[Fault]:
    """A template is made of an attribute that a template makes: derivation is one step."""
    for entity in table.entities:
        every = list(templates(table, entity))
        derived = {use.attribute for use in every if not use.natural}
        for use in every:
            if use.natural:
                continue
            through = [s for s in use.template.sources if s.partition(".")[0] in derived]
            if through:
                circle = use.attribute in through
                why = "itself" if circle else f"{listed(through)}, derived as well"
                yield Fault(
                    use.pointer,
                    f"{use.label} of {entity.name} is made of {why}; all templates are filled from "
                    "the values that callers give",
                )


@rule("KX219", "error")
def moving_primary(table: Table) -> Iterator[Fault]:
    """The primary key is made of a value that every write changes, so that no item can be updated."""
    for entity in table.entities:
        for key in table.keys:
            for source in entity.keys[key.name].sources:
                attribute = entity.members.get(source)
                generate = attribute.generate if attribute else None
                if generate and generate.kind in ("updated", "version"):
                    what = "set to now" if generate.kind == "updated" else "counted up"
                    yield Fault(
                        of_key(entity, None, key.name),
                        f"{shorten(source)} is {what} by every write of {entity.name}, but the "
                        "primary key is made of it and cannot change",
                    )


def _misfit(placeholder: Placeholder, shape: Shape | None, key_type: str) -> str:
    """Why the source cannot stand there; empty if it can, or if nobody can tell."""
    if shape is None or isinstance(shape, AnyValue):
        return ""
    if not isinstance(shape, Scalar):
        return "it is no single value"
    if shape.kind == "null" or (shape.kind == "binary" and key_type != "B"):
        return f"it is {'always null' if shape.kind == 'null' else 'binary'}"
    for bound in placeholder.filters:
        if shape.kind in _REFUSED.get(bound.name, ()):
            return f"{bound.name} takes no {shape.kind}"
    return ""


def _optional(
    table: Table, entity: Entity, placeholders: tuple[Placeholder, ...]
) -> tuple[str, ...]:
    """The sources without a default that an item can be without, each once."""
    return tuple(
        dict.fromkeys(
            part.source
            for part in placeholders
            if part.default is None and not always_there(table, entity, part.source)
        )
    )


def _of_partition(table: Table, entity: Entity, index: str) -> set[str]:
    return {
        source
        for use in uses(table, entity)
        if use.index == index and use.role == "hash"
        for source in use.template.sources
    }
