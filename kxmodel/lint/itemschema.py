"""Looking into an entity's plain JSON Schema (`Entity.schema`): what holds at a path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kxmodel.dialect.positions import split

if TYPE_CHECKING:
    from kxmodel.ir import Entity

Json = Mapping[str, object]


@dataclass(frozen=True)
class Held:
    """All schemas that the value at one place has to match."""

    schemas: tuple[Json, ...]

    def each(self, keyword: str) -> Iterator[object]:
        """The keyword's value in every one of them that has it."""
        for schema in self.schemas:
            if keyword in schema:
                yield schema[keyword]

    def texts(self, keyword: str) -> tuple[str, ...]:
        """Those of its values that are text."""
        return tuple(value for value in self.each(keyword) if isinstance(value, str))

    def numbers(self, keyword: str) -> tuple[Decimal, ...]:
        """Those of its values that are numbers."""
        return tuple(_decimal(v) for v in self.each(keyword) if _is_number(v))


def held_at(entity: Entity, path: str) -> Held:
    """What the entity's schema says of the value at a dotted path.

    Follows ``$ref``, ``allOf``, ``properties`` and ``additionalProperties``: what any of them
    demands holds of every valid value. So does the X of ``anyOf: [X, {"type": "null"}]``, as null is
    never part of a key; other alternatives are left out.
    """
    root = entity.schema
    schemas = list(_together(root, root))
    for name in path.split("."):
        schemas = [
            held
            for schema in schemas
            if (inner := _member(schema, name)) is not None
            for held in _together(root, inner)
        ]
    return Held(tuple(schemas))


def _member(schema: Json, name: str) -> Json | None:
    declared = schema.get("properties")
    if isinstance(declared, Mapping) and name in declared:
        found = declared[name]
    elif "patternProperties" in schema:
        return None
    else:
        found = schema.get("additionalProperties")
    return found if isinstance(found, Mapping) else None


def _together(root: Json, start: Json) -> Iterator[Json]:
    """The schema and those that hold for the same value: its ``$ref`` and its ``allOf``."""
    pending: list[Json] = [start]
    seen: set[int] = set()
    while pending:
        schema = pending.pop()
        if id(schema) in seen:
            continue
        seen.add(id(schema))
        yield schema
        reference = schema.get("$ref")
        if isinstance(reference, str) and (target := _target(root, reference)) is not None:
            pending.append(target)
        pending.extend(_schemas(schema.get("allOf")))
        for keyword in ("anyOf", "oneOf"):
            branches = [b for b in _schemas(schema.get(keyword)) if b != {"type": "null"}]
            if len(branches) == 1:
                pending += branches


def _schemas(value: object) -> list[Json]:
    return [v for v in value if isinstance(v, Mapping)] if isinstance(value, list | tuple) else []


def _target(root: Json, reference: str) -> Json | None:
    """What a reference within the bundle names: the whole of it, or an entry of its ``$defs``."""
    current: object = root
    fragment = reference.removeprefix("#")
    for part in split(fragment) if fragment.startswith("/") else ():
        current = current.get(part) if isinstance(current, Mapping) else None
    return current if isinstance(current, Mapping) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _decimal(value: object) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(str(value))
