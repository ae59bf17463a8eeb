"""Where subschemas stand inside a JSON Schema 2020-12.

The applicators are those of the core specification, section 10:
https://json-schema.org/draft/2020-12/json-schema-core
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: Keywords whose value is one schema, an array of schemas, and an object of schemas by name.
ONE = frozenset(
    {
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
    }
)
SEVERAL = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
NAMED = frozenset({"$defs", "dependentSchemas", "patternProperties", "properties"})


def subschemas(schema: Mapping[str, object]) -> Iterator[object]:
    """The schemas directly inside `schema`."""
    for keyword, value in schema.items():
        if keyword in ONE:
            yield value
        elif keyword in SEVERAL and isinstance(value, list | tuple):
            yield from value
        elif keyword in NAMED and isinstance(value, dict):
            yield from value.values()


def last_keyword(path: Sequence[str | int]) -> str:
    """The keyword that a path of evaluation ends in; empty for the root.

    A name is not taken for a keyword: ``("properties", "items")`` ends in ``properties``.
    """
    keyword = ""
    steps = iter(path)
    for step in steps:
        keyword = str(step)
        if keyword in NAMED or keyword in SEVERAL:
            next(steps, None)
    return keyword
