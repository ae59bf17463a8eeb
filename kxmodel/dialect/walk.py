"""Where subschemas stand in a schema of JSON Schema 2020-12."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def schema_at(root: Node, parts: Sequence[str]) -> Node | None:
    """The schema that a pointer's unescaped parts lead to; None where no schema stands there."""
    node, left = root, list(reversed(parts))
    while left:
        keyword = left.pop()
        found = node.get(keyword)
        if keyword in NAMED:
            found = found.get(left.pop()) if found and left else None
        elif keyword in MANY:
            number = left.pop() if left else ""
            elements = found.all_elements() if found else ()
            found = next((n for i, n in enumerate(elements) if str(i) == number), None)
        elif keyword not in ONE:
            return None
        if found is None:
            return None
        node = found
    return node


def all_schemas(root: Node) -> Iterator[Node]:
    """This schema and every one inside it."""
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(list(subschemas(node))))
