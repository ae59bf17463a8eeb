"""Where subschemas stand in a schema of JSON Schema 2020-12."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.dialect.node import Node

#: Keywords whose value is one schema.
ONE: Final = (
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
)
#: Keywords whose value is an array of schemas.
MANY: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
#: Keywords whose value is an object of schemas.
NAMED: Final = ("$defs", "dependentSchemas", "patternProperties", "properties")


def subschemas(schema: Node) -> Iterator[Node]:
    """The schemas directly inside this one."""
    for keyword in ONE:
        if node := schema.get(keyword):
            yield node
    for keyword in MANY:
        yield from schema.elements(keyword)
    for keyword in NAMED:
        for _, node in schema.members(keyword):
            yield node


def all_schemas(root: Node) -> Iterator[Node]:
    """This schema and every one inside it."""
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(list(subschemas(node))))
