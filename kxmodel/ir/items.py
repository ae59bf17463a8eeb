"""Items as they are stored: keys from the one implementation, values in DynamoDB JSON."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from kxmodel.ir import DictOf, ListOf, MapOf, Scalar, SetOf
from kxmodel.ir.rules import rules_of
from kxmodel.keys import derive, evaluate
from kxmodel.values import canonical
from kxmodel.values.item import number_to_json

if TYPE_CHECKING:
    from kxmodel.ir import Entity, Shape, Table

#: JSON that names the type of each value, binary as base64 text.
Stored: TypeAlias = dict[str, object]


def with_keys(table: Table, entity: Entity, item: Mapping[str, object]) -> dict[str, object]:
    """The item with the keys that its values give, in place of those that it came with.

    item: plain JSON with stored names. Key attributes stand before the others. Raises KeyBuildError
    where the primary key, or the key of an index, cannot be built.
    """
    rules = rules_of(table, entity)
    standing = rules.natural
    made = {name for one in (rules.primary, *rules.derived) for name in one.attributes} - standing
    values = {name: value for name, value in item.items() if name not in made}
    keys: dict[str, object] = dict(evaluate(rules.primary, values) or {})
    derived = derive(rules, rules.derived, values)
    for _, error in derived.errors:
        raise error
    own = {key.name: keys[key.name] for key in table.keys if key.name in made}
    others = {name: _plain(value) for name, value in derived.present.items()}
    return {**{name: _json(value) for name, value in own.items()}, **values, **others}


def dynamodb_json(table: Table, entity: Entity, item: Mapping[str, object]) -> Stored:
    """An item in DynamoDB JSON, as the schema types its values. An empty set is left out.

    item: plain JSON with stored names. Raises ValueRefused (KX315) for a number out of range.
    """
    known = {attribute.name: attribute.shape for attribute in entity.attributes}
    return _members(table, known, item)


def _members(table: Table, known: Mapping[str, Shape], values: Mapping[str, object]) -> Stored:
    made = {name: _value(table, known.get(name), value) for name, value in values.items()}
    return {name: value for name, value in made.items() if value is not None}


def _value(table: Table, shape: Shape | None, value: object) -> Stored | None:
    """One value, or None for an empty set, which DynamoDB does not store."""
    match shape:
        case SetOf(kind=kind) if isinstance(value, list | tuple):
            return _set(kind, value)
        case Scalar(kind="binary") if isinstance(value, str):
            return {"B": value}
        case MapOf(structure=name) if isinstance(value, Mapping):
            members = {a.name: a.shape for a in table.structure(name).attributes}
            return {"M": _members(table, members, value)}
        case DictOf(value=inner) if isinstance(value, Mapping):
            return {"M": _members(table, dict.fromkeys(value, inner), value)}
        case ListOf(item=inner) if isinstance(value, list | tuple):
            return {"L": _elements(table, inner, value)}
        case _:
            return _open(table, value)


def _open(table: Table, value: object) -> Stored | None:
    """A value that the schema leaves open."""
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": value}
        case int() | float() | Decimal():
            return {"N": canonical(value)}
        case Mapping():
            return {"M": _members(table, {}, value)}
        case list() | tuple():
            return {"L": _elements(table, None, value)}
        case _:
            return {"B": _json(value)}


def _elements(table: Table, shape: Shape | None, values: Iterable[object]) -> list[Stored]:
    made = (_value(table, shape, value) for value in values)
    return [value for value in made if value is not None]


def _set(kind: str, values: Iterable[object]) -> Stored | None:
    if kind in ("text", "binary"):
        texts = sorted(str(value) for value in values)
        return {"SS" if kind == "text" else "BS": texts} if texts else None
    numbers = sorted(v for v in values if isinstance(v, int | float | Decimal))
    return {"NS": [canonical(number) for number in numbers]} if numbers else None


def _plain(value: Mapping[str, object]) -> object:
    """The plain JSON of a key attribute."""
    if "N" in value:
        return number_to_json(str(value["N"]))
    return _json(next(iter(value.values())))


def _json(value: object) -> object:
    """A key's value as JSON: bytes become base64 text."""
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
