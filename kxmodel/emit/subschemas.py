"""Plain JSON Schema 2020-12 as nested dicts: copying it with changes, and following references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kxmodel.dialect.walk import MANY, NAMED, ONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: A schema: an object, or true or false. Its values are JSON's; what they are depends on the keyword.
Schema: TypeAlias = dict[str, Any]

_DEFS: Final = "#/$defs/"


def rewrite(schema: Schema, change: Callable[[Schema], Schema]) -> Schema:
    """A copy in which every subschema, and then `schema` itself, is what `change` makes of it."""
    made: Schema = {}
    for keyword, value in schema.items():
        if keyword in ONE and isinstance(value, dict):
            made[keyword] = rewrite(value, change)
        elif keyword in MANY:
            made[keyword] = [rewrite(s, change) if isinstance(s, dict) else s for s in value]
        elif keyword in NAMED:
            made[keyword] = {
                name: rewrite(inner, change) if isinstance(inner, dict) else inner
                for name, inner in value.items()
            }
        else:
            made[keyword] = value
    return change(made)


def reference(name: str, prefix: str = _DEFS) -> str:
    """A ``$ref`` to a definition (RFC 6901, section 6: a JSON pointer in a fragment)."""
    return prefix + name.replace("~", "~0").replace("/", "~1")


def referred(schema: Mapping[str, Any]) -> str | None:
    """The name of the definition that the ``$ref`` of a schema leads to; "" for the root."""
    target = schema.get("$ref")
    if not isinstance(target, str):
        return None
    return target.removeprefix(_DEFS).replace("~1", "/").replace("~0", "~") if target != "#" else ""


def applied(root: Schema, schema: Schema) -> Iterator[Schema]:
    """The schema and all that a value of it is held against too, by reference or in alternatives."""
    pending, seen = [schema], set()
    while pending:
        current = pending.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        name = referred(current)
        if name is not None:
            pending.append(root["$defs"][name] if name else root)
        for keyword in ("allOf", "anyOf", "oneOf"):
            pending += [one for one in current.get(keyword, ()) if isinstance(one, dict)]


def type_of(root: Schema, schema: Schema) -> Any:
    """The ``type`` of a schema, also where only what it refers to says so; None if nothing does."""
    for _ in range(len(root.get("$defs", ())) + 1):
        if "type" in schema:
            return schema["type"]
        name = referred(schema)
        if name is None:
            return None
        schema = root["$defs"][name] if name else root
    return None
