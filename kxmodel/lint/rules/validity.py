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
        for pointer, schema in _schemas(table, entity):
            for place, regex in _regexes(pointer, schema):
                reason = portable_pattern(regex)
                if reason is not None:
                    yield Fault(place, f"the pattern {shorten(regex)} is not portable: {reason}")


@rule("KX251", "error")
def schema_not_usable(table: Table) -> Iterator[Fault]:
    """The validator that runs at every write does not take the schema."""
    for entity in table.entities:
        try:
            Validator(dict(entity.schema), entity.name)
        except SchemaError as error:
            if not _has_odd_pattern(table, entity):
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


def _schemas(table: Table, entity: Entity) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Every schema inside the entity's, each with the pointer of where it was written."""
    pending: list[tuple[str, object]] = [(entity.pointer, entity.schema)]
    definitions = entity.schema.get("$defs")
    if isinstance(definitions, Mapping):
        pending += [(_written(table, name), schema) for name, schema in definitions.items()]
    while pending:
        pointer, schema = pending.pop()
        if not isinstance(schema, Mapping):
            continue
        yield pointer, schema
        for keyword, value in schema.items():
            if keyword in ONE:
                pending.append((below(pointer, keyword), value))
            elif keyword in MANY and isinstance(value, list):
                pending += [(below(pointer, keyword, i), v) for i, v in enumerate(value)]
            elif keyword in NAMED and keyword != "$defs" and isinstance(value, Mapping):
                pending += [(below(pointer, keyword, name), v) for name, v in value.items()]


def _written(table: Table, name: str) -> str:
    """Where the definition that the bundle calls `name` stands: in this file or in a sibling."""
    own = below("", "$defs", name)
    if own in table.locations:
        return own
    return next((p for p in table.locations if p.endswith(f"#{own}")), own)


def _regexes(pointer: str, schema: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        yield below(pointer, "pattern"), pattern
    named = schema.get("patternProperties")
    if isinstance(named, Mapping):
        for name in named:
            yield below(pointer, "patternProperties", name), name


def _has_odd_pattern(table: Table, entity: Entity) -> bool:
    return any(
        portable_pattern(regex) is not None
        for pointer, schema in _schemas(table, entity)
        for _, regex in _regexes(pointer, schema)
    )
