"""Tables and indexes as DynamoDB's requests define them, and whether a description is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kxmodel.ir import KeyAttribute
    from kxmodel.migrate.schema.control import Response
    from kxmodel.migrate.state import IndexState, TableState


def key_schema(
    hash_: Iterable[KeyAttribute], range_: Iterable[KeyAttribute]
) -> list[dict[str, str]]:
    """A KeySchema."""
    return [
        *({"AttributeName": each.name, "KeyType": "HASH"} for each in hash_),
        *({"AttributeName": each.name, "KeyType": "RANGE"} for each in range_),
    ]


def attribute_definitions(attributes: Iterable[KeyAttribute]) -> list[dict[str, str]]:
    """AttributeDefinitions, each attribute once."""
    types = {each.name: each.type for each in attributes}
    return [{"AttributeName": name, "AttributeType": kind} for name, kind in types.items()]


def index_request(index: IndexState) -> dict[str, object]:
    """An index as CreateTable and UpdateTable take it, without its throughput."""
    if isinstance(index.projection, str):
        projection: dict[str, object] = {"ProjectionType": index.projection}
    else:
        projection = {"ProjectionType": "INCLUDE", "NonKeyAttributes": [*index.projection]}
    return {
        "IndexName": index.name,
        "KeySchema": key_schema(index.hash, index.range),
        "Projection": projection,
    }


def types_of(description: Response) -> Mapping[str, str]:
    """Attribute -> type, of every key attribute of a described table."""
    return {
        each["AttributeName"]: each["AttributeType"]
        for each in description.get("AttributeDefinitions", ())
    }


def table_difference(wanted: TableState, found: Response) -> str | None:
    """What a described table has other than `wanted` in its keys; None where they are the same."""
    schema = key_schema((wanted.hash,), wanted.keys[1:])
    return _key_difference(schema, wanted.keys, found, types_of(found))


def index_difference(wanted: IndexState, found: Response, table: Response) -> str | None:
    """What a described index has other than `wanted`; None where they are the same."""
    schema = key_schema(wanted.hash, wanted.range)
    difference = _key_difference(schema, wanted.attributes, found, types_of(table))
    if difference:
        return difference
    projection = found.get("Projection", {})
    kind = projection.get("ProjectionType", "ALL")
    told = tuple(sorted(projection.get("NonKeyAttributes", ()))) if kind == "INCLUDE" else kind
    asked = (
        wanted.projection
        if isinstance(wanted.projection, str)
        else tuple(sorted(wanted.projection))
    )
    return None if told == asked else f"it projects {_words(told)}, not {_words(asked)}"


def _key_difference(
    schema: list[dict[str, str]],
    wanted: Iterable[KeyAttribute],
    found: Response,
    types: Mapping[str, str],
) -> str | None:
    there = [
        {"AttributeName": each["AttributeName"], "KeyType": each["KeyType"]}
        for each in found.get("KeySchema", ())
    ]
    if there != schema:
        return f"its key is {_key_words(there)}, not {_key_words(schema)}"
    for each in wanted:
        if types.get(each.name) != each.type:
            return f"{each.name} is of type {types.get(each.name)}, not {each.type}"
    return None


def _key_words(schema: Iterable[Mapping[str, str]]) -> str:
    return ", ".join(f"{each['AttributeName']} ({each['KeyType'].lower()})" for each in schema)


def _words(projection: str | tuple[str, ...]) -> str:
    return projection if isinstance(projection, str) else ", ".join(projection)
