"""Whether the schema means one thing everywhere, and its examples keep it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kxmodel.dialect.walk import MANY, NAMED, ONE
from kxmodel.errors import SchemaError
from kxmodel.errors.base import shorten
from kxmodel.lint.place import below
from kxmodel.lint.rule import Fault, rule
from kxmodel.validate import Validator, portable_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Entity, Table


@rule("KX250", "error")
def pattern_not_portable(table: Table) -> Iterator[Fault]:
    """A regular expression that different validators read differently."""
    for entity in table.entities:
        for parts, regex in _regexes(entity.schema):
            reason = portable_pattern(regex)
            if reason is not None:
                place = _written(table, entity, parts)
                yield Fault(place, f"the pattern {shorten(regex)} is not portable: {reason}")


@rule("KX251", "error")
def schema_not_usable(table: Table) -> Iterator[Fault]:
    """The validator that runs at every write does not take the schema."""
    for entity in table.entities:
        try:
            Validator(dict(entity.schema), entity.name)
        except SchemaError as error:
            if not _has_odd_pattern(entity):
                yield Fault(entity.pointer, error.message)


@rule("KX252", "error")
def invalid_example(table: Table) -> Iterator[Fault]:
    """An example breaks the schema that it is an example of."""
    for entity in table.entities:
        if not entity.examples:
            continue
        try:
            validator = Validator(dict(entity.schema), entity.name)
        except SchemaError:
            continue
        for number, example in enumerate(entity.examples):
            for problem in validator.problems(example):
                yield Fault(
                    below(entity.pointer, "examples", number, *problem.path),
                    f"example {number + 1} of {entity.name}: {problem}",
                )


def _regexes(schema: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every regular expression in an entity's schema, with the parts of its pointer there."""
    pending: list[tuple[tuple[str | int, ...], object]] = [((), schema)]
    while pending:
        parts, inside = pending.pop()
        if not isinstance(inside, Mapping):
            continue
        for keyword, value in inside.items():
            if keyword == "pattern" and isinstance(value, str):
                yield (*parts, keyword), value
            elif keyword in ONE:
                pending.append(((*parts, keyword), value))
            elif keyword in MANY and isinstance(value, list):
                pending += [((*parts, keyword, i), v) for i, v in enumerate(value)]
            elif keyword in NAMED and isinstance(value, Mapping):
                pending += [((*parts, keyword, name), v) for name, v in value.items()]
                if keyword == "patternProperties":
                    yield from (((*parts, keyword, name), name) for name in value)


def _written(table: Table, entity: Entity, parts: tuple[str | int, ...]) -> str:
    """The pointer of where that part of the entity's schema was written."""
    match parts:
        case ("$defs", str(name), *rest):
            return below(_definition(table, name), *rest)
        case _:
            return below(entity.pointer, *parts)


def _definition(table: Table, name: str) -> str:
    """Where the definition that the bundle calls `name` stands: in this file or in a sibling."""
    own = below("", "$defs", name)
    if own in table.locations:
        return own
    return next((p for p in table.locations if p.endswith(f"#{own}")), own)


def _has_odd_pattern(entity: Entity) -> bool:
    return any(portable_pattern(regex) is not None for _, regex in _regexes(entity.schema))
