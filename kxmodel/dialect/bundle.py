"""An entity's schema as plain JSON Schema 2020-12 that stands alone.

It has what validation needs and nothing else: no keywords of ours, no texts for people, no
reference out of it. What a ``$ref`` names is copied into its ``$defs``.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from kxmodel.dialect.plain import plain
from kxmodel.dialect.positions import escape, split
from kxmodel.dialect.walk import MANY, NAMED, ONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.dialect.node import Node
    from kxmodel.dialect.refs import References
    from kxmodel.ir import KeyAttribute

_STANDARD: Final = "https://json-schema.org/draft/2020-12/schema"

#: Standard keywords that decide nothing about an item.
_DROPPED: Final = frozenset(
    {
        *("$anchor", "$comment", "$defs", "$id", "$schema"),
        *("default", "deprecated", "description", "examples", "readOnly", "title", "writeOnly"),
    }
)

_JSON_TYPES: Final = {"S": "string", "N": "number", "B": "string"}


def bundle(refs: References, entity: Node, keys: Mapping[str, KeyAttribute]) -> dict[str, object]:
    """The plain schema of the object schema `entity`.

    keys: the key attributes of the entity's items that it does not declare. They are added, so that
    a schema which allows no undeclared members accepts its own stored items.

    The ``$defs`` are in the order of first use, named by their own keys (a number appended where
    two files use one key). Raises SchemaError where a ``$ref`` cannot be resolved.
    """
    writer = _Bundle(refs, entity)
    body = writer.copy(entity)
    assert isinstance(body, dict)
    if keys:
        declared = body.get("properties", {})
        assert isinstance(declared, dict)
        added = {name: {"type": _JSON_TYPES[key.type]} for name, key in keys.items()}
        body["properties"] = {**declared, **added}
    definitions = writer.definitions()
    result: dict[str, object] = {"$schema": _STANDARD, **body}
    return {**result, "$defs": definitions} if definitions else result


class _Bundle:
    """Copies schemas and keeps account of what they refer to."""

    def __init__(self, refs: References, entity: Node) -> None:
        self._refs = refs
        self._names: dict[tuple[str, str], str] = {entity.identity: ""}
        self._pending: deque[Node] = deque()

    def definitions(self) -> dict[str, object]:
        """The schemas referred to, and those that they refer to in turn."""
        found: dict[str, object] = {}
        while self._pending:
            node = self._pending.popleft()
            found[self._names[node.identity]] = self.copy(node)
        return found

    def copy(self, schema: Node) -> dict[str, object] | bool:
        """The schema without what validation does not need, its references turned inwards."""
        if isinstance(schema.value, bool):
            return schema.value
        return {
            keyword: self._value(keyword, node)
            for keyword, node in schema.members()
            if keyword not in _DROPPED and not keyword.startswith("x-")
        }

    def _value(self, keyword: str, node: Node) -> object:
        if keyword == "$ref":
            return self._reference(self._refs.target(node))
        if keyword in ONE:
            return self.copy(node)
        if keyword in MANY:
            return [self.copy(element) for element in node.all_elements()]
        if keyword in NAMED:
            return {name: self.copy(member) for name, member in node.members()}
        return plain(node.value)

    def _reference(self, target: Node) -> str:
        if target.identity not in self._names:
            self._names[target.identity] = self._free_name(target)
            self._pending.append(target)
        name = self._names[target.identity]
        return f"#/$defs/{escape(name)}" if name else "#"

    def _free_name(self, target: Node) -> str:
        parts = split(target.pointer)
        wanted = parts[-1] if parts else target.document.path.stem
        taken = set(self._names.values())
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}_{number}", number + 1
        return name
