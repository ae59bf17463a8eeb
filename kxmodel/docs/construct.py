"""An example as Python: the model built with the values that a caller gives."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kxmodel.docs.snippets.literals import python_text
from kxmodel.ir import DictOf, ListOf, MapOf, Scalar, SetOf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kxmodel.ir import Attribute, Entity, Shape, Table

#: The characters of a line, of which a name before the value takes some.
_WIDTH = 72


def construction(table: Table, entity: Entity, item: Mapping[str, object], package: str) -> str:
    """A program that builds the item and saves it.

    item: plain JSON with stored names. package: what the models are imported from. Values that kxmodel
    makes itself are left out: derived ones, and those of every write.
    """
    made = made_by_writes(entity)
    values = {name: value for name, value in item.items() if name not in made}
    body = _call(table, entity.name, entity.attributes, values, 0)
    imports = []
    if "datetime.fromtimestamp(" in body:
        imports.append("from datetime import UTC, datetime")
    if "Decimal(" in body:
        imports.append("from decimal import Decimal")
    module, _, name = (entity.user_class or "").partition(":")
    origin = f"from {module} import {name}" if name else f"from {package} import {entity.name}"
    if name:
        body = name + body.removeprefix(entity.name)
    first = "\n".join([*imports, *([""] if imports else []), origin])
    return f"{first}\n\nitem = {body}\nitem.save()\n"


def made_by_writes(entity: Entity) -> frozenset[str]:
    """The attributes that a caller does not give: keys from templates, derived ones, those that every
    write sets anew."""
    filled = [entity.keys, *(each.keys for each in entity.indexes)]
    made = {
        name
        for keys in filled
        for name, template in keys.items()
        if not (template.is_natural and template.sources == (name,))
    }
    for attribute in entity.attributes:
        generated = attribute.generate.kind if attribute.generate else None
        if attribute.derive is not None or generated in ("updated", "version"):
            made.add(attribute.name)
    return frozenset(made)


def _call(
    table: Table,
    name: str,
    attributes: Iterable[Attribute],
    values: Mapping[str, object],
    depth: int,
) -> str:
    """``Name(a=1, b=2)``; what the schema does not declare goes by its stored name, in a map."""
    known = {each.name: each for each in attributes}
    arguments = [
        f"{known[key].python_name}={_value(table, known[key].shape, value, depth + 1)}"
        for key, value in values.items()
        if key in known
    ]
    return _laid_out(f"{name}(", arguments, ")", depth)


def _value(table: Table, shape: Shape | None, value: object, depth: int) -> str:
    if value is None:
        return "None"
    match shape:
        case Scalar(kind="decimal") if isinstance(value, int | float | str):
            return f"Decimal({python_text(str(value))})"
        case Scalar(kind="ttl") if isinstance(value, int):
            return f"datetime.fromtimestamp({value}, UTC)"
        case Scalar(kind="binary") if isinstance(value, str):
            return repr(base64.b64decode(value))
        case MapOf(structure=name) if isinstance(value, Mapping):
            members = table.structure(name).attributes
            if set(value) <= {each.name for each in members}:
                return _open(table, members, value, depth)
        case ListOf(item=inner) if isinstance(value, list):
            parts = [_value(table, inner, each, depth + 1) for each in value]
            return _laid_out("[", parts, "]", depth)
        case SetOf(kind=kind) if isinstance(value, list):
            parts = [_value(table, Scalar(kind), each, depth + 1) for each in value]
            return _laid_out("{", parts, "}", depth) if parts else "set()"
        case DictOf(value=inner) if isinstance(value, Mapping):
            return _mapping(table, inner, value, depth)
    return _plain(table, value, depth)


def _open(
    table: Table, members: Iterable[Attribute], value: Mapping[str, object], depth: int
) -> str:
    """A nested structure as a mapping with stored names, which needs no import of its class."""
    known = {each.name: each.shape for each in members}
    parts = [
        f"{python_text(name)}: {_value(table, known[name], each, depth + 1)}"
        for name, each in value.items()
    ]
    return _laid_out("{", parts, "}", depth)


def _mapping(table: Table, shape: Shape | None, value: Mapping[str, object], depth: int) -> str:
    parts = [
        f"{python_text(str(name))}: {_value(table, shape, each, depth + 1)}"
        for name, each in value.items()
    ]
    return _laid_out("{", parts, "}", depth)


def _plain(table: Table, value: object, depth: int) -> str:
    """JSON as Python."""
    match value:
        case str():
            return python_text(value)
        case Mapping():
            return _mapping(table, None, value, depth)
        case list() | tuple():
            return _laid_out("[", [_value(table, None, v, depth + 1) for v in value], "]", depth)
        case _:
            return repr(value)


def _laid_out(head: str, parts: list[str], end: str, depth: int) -> str:
    """On one line where that is short, else a part a line."""
    flat = f"{head}{', '.join(parts)}{end}"
    if not parts or (len(flat) + 4 * depth <= _WIDTH and "\n" not in flat and depth):
        return flat
    inner = "    " * (depth + 1)
    return f"{head}\n" + "".join(f"{inner}{part},\n" for part in parts) + "    " * depth + end
