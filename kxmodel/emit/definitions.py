"""Several schemas, each with ``$defs`` of its own, brought into one set of definitions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from kxmodel.emit.subschemas import reference, referred, rewrite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.emit.subschemas import Schema

_UNFIT: Final = re.compile(r"[^A-Za-z0-9._-]")


def merged(schemas: Mapping[str, Schema], prefix: str) -> dict[str, Schema]:
    """Name -> schema, for these and all that they refer to; nothing has ``$defs`` any more.

    prefix: what stands before a name in a ``$ref``, e.g. ``#/components/schemas/``. Definitions of
    one name share it if they say the same; otherwise a number is appended. The given names stay.
    """
    found: dict[str, Schema] = {}
    taken = set(schemas)
    shared: dict[tuple[str, str], str] = {}
    for owner, schema in schemas.items():
        names = {"": owner}
        for name in schema.get("$defs", {}):
            key = (name, _closure(owner, schema, name))
            if key not in shared:
                shared[key] = _free(name, taken)
            names[name] = shared[key]
        body = {word: value for word, value in schema.items() if word not in ("$defs", "$schema")}
        found[owner] = _renamed(body, names, prefix)
        for name, definition in schema.get("$defs", {}).items():
            found.setdefault(names[name], _renamed(definition, names, prefix))
    return {name: found[name] for name in (*schemas, *(n for n in found if n not in schemas))}


def _closure(owner: str, root: Schema, name: str) -> str:
    """The text of a definition and of all that it leads to."""
    seen: dict[str, object] = {}
    pending = [name]

    def look(schema: Schema) -> Schema:
        target = referred(schema)
        if target is not None:
            pending.append(target)
        return schema

    while pending:
        current = pending.pop()
        if current in seen:
            continue
        seen[current] = owner if current == "" else root["$defs"][current]
        if current and isinstance(root["$defs"][current], dict):
            rewrite(root["$defs"][current], look)
    return json.dumps(seen, sort_keys=True)


def _renamed(schema: Schema | bool, names: Mapping[str, str], prefix: str) -> Schema:
    def change(one: Schema) -> Schema:
        target = referred(one)
        return one if target is None else {**one, "$ref": reference(names[target], prefix)}

    # A definition that is true or false says the same as an object.
    whole: Schema = {} if schema is True else {"not": {}} if schema is False else schema
    return rewrite(whole, change)


def _free(name: str, taken: set[str]) -> str:
    wanted = _UNFIT.sub("_", name) or "_"
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}_{number}", number + 1
    taken.add(found)
    return found
