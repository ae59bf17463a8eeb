"""What type a schema gives the sources of keys, as DynamoDB stores it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: JSON's types -> DynamoDB's. Text in JSON may be binary, which the plain schema does not tell.
_STORED: Final[Mapping[str, frozenset[str]]] = {
    "string": frozenset({"S", "B"}),
    "number": frozenset({"N"}),
    "integer": frozenset({"N"}),
    "boolean": frozenset({"BOOL"}),
}
_MOST_REFERENCES: Final = 32


def stored_types(
    schema: Mapping[str, object] | None, paths: Iterable[str]
) -> dict[str, frozenset[str]]:
    """Dotted path -> the DynamoDB types that the schema lets its value have.

    A path of which the schema does not say it, or says it by alternatives, is left out.
    """
    found = {path: _types(schema or {}, path) for path in paths}
    return {path: types for path, types in found.items() if types}


def _types(schema: Mapping[str, object], path: str) -> frozenset[str]:
    node: object = schema
    for name in path.split("."):
        node = next((p[name] for p in _properties(schema, node) if name in p), None)
    told = {kind for each in _nodes(schema, node) for kind in _kinds(each.get("type"))} - {"null"}
    if not told or not told <= _STORED.keys():
        return frozenset()
    return frozenset[str]().union(*(_STORED[kind] for kind in told))


def _kinds(told: object) -> list[str]:
    return [told] if isinstance(told, str) else list(told) if isinstance(told, list) else []


def _properties(schema: Mapping[str, object], node: object) -> Iterator[Mapping[str, object]]:
    for each in _nodes(schema, node):
        properties = each.get("properties")
        if isinstance(properties, Mapping):
            yield properties


def _nodes(schema: Mapping[str, object], node: object) -> Iterator[Mapping[str, object]]:
    """A subschema and what it refers to within the same schema."""
    for _ in range(_MOST_REFERENCES):
        if not isinstance(node, Mapping):
            return
        yield node
        reference = node.get("$ref")
        if not isinstance(reference, str) or not reference.startswith("#/"):
            return
        node = schema
        for part in reference[2:].split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            node = node.get(name) if isinstance(node, Mapping) else None
