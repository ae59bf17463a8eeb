"""Taking a key apart: which entity, table or index it can belong to, and what it then says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kxmodel.dialect import shape_at
from kxmodel.errors import ValueRefused
from kxmodel.ir import Scalar, dynamo_type
from kxmodel.keys import nest, take_apart
from kxmodel.validate import compile_schema
from kxmodel.values import to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from kxmodel.ir import Entity, Index, Shape, Table
    from kxmodel.keys import Template

    #: How many characters of the key stand in the template; how many sources hold few texts.
    _Rank = tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """One way to read a key.

    index: the index whose key it would be; None: the table's own. attribute: the key attribute.
    role: what that is there. template: what makes it. sources: stored path -> text in the key.
    lossy: the sources of which the key tells only a part, such as the day of a timestamp.
    """

    table: str
    entity: str
    index: str | None
    attribute: str
    role: Literal["partition key", "sort key"]
    template: str
    sources: Mapping[str, str]
    lossy: tuple[str, ...]


def readings(tables: Sequence[Table], key: str) -> list[Reading]:
    """Every way to read `key`, the likeliest first: whose template has most of its text, then whose
    sources can hold the fewest other texts.

    A reading is left out where the schema refuses a value that it would give a source, e.g. a text
    that is no e-mail address.
    """
    found = [pair for table in tables for pair in _of_table(table, key)]
    return [reading for _, reading in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _of_table(table: Table, key: str) -> Iterator[tuple[_Rank, Reading]]:
    indexes = {index.name: index for index in table.indexes}
    for entity in table.entities:
        yield from _of_keys(table, entity, None, entity.keys, key)
        for filled in entity.indexes:
            yield from _of_keys(table, entity, indexes[filled.index], filled.keys, key)


def _of_keys(
    table: Table, entity: Entity, index: Index | None, keys: Mapping[str, Template], key: str
) -> Iterator[tuple[_Rank, Reading]]:
    hashes = {attribute.name for attribute in (index.hash if index else (table.hash,))}
    for attribute, template in keys.items():
        sources = take_apart(template, key)
        if sources is None or not _possible(table, entity, template, sources):
            continue
        fixed = len(key) - sum(map(len, sources.values()))
        narrow = sum(_narrow(_shape(table, entity, path)) for path in sources)
        yield (
            (fixed, narrow),
            Reading(
                table=table.name,
                entity=entity.name,
                index=index.name if index else None,
                attribute=attribute,
                role="partition key" if attribute in hashes else "sort key",
                template=template.text,
                sources=sources,
                lossy=tuple(sorted(template.lossy_sources)),
            ),
        )


def _possible(table: Table, entity: Entity, template: Template, sources: Mapping[str, str]) -> bool:
    """Whether the schema takes each of these texts as the value of its source."""
    values: dict[str, object] = {}
    for path, text in sources.items():
        if path not in template.lossy_sources:
            try:
                values[path] = _value(table, entity, path, text)
            except ValueRefused:
                return False
    refused = compile_schema(entity.schema, entity.name).problems(nest(values))
    whole = {tuple(path.split(".")) for path in values}
    return not any(problem.path in whole for problem in refused)


def _value(table: Table, entity: Entity, path: str, text: str) -> str | bool | int | Decimal:
    shape = _shape(table, entity, path)
    if shape is None:
        return text
    if isinstance(shape, Scalar) and shape.kind == "boolean":
        return text == "true"
    if dynamo_type(shape) == "N":
        number = to_decimal(text)
        return int(number) if number == number.to_integral_value() else number
    return text


def _shape(table: Table, entity: Entity, path: str) -> Shape | None:
    return shape_at(entity, {each.name: each for each in table.structures}, path)


def _narrow(shape: Shape | None) -> bool:
    """Whether only few texts are values of this shape."""
    return isinstance(shape, Scalar) and (shape.kind != "text" or bool(shape.choices))
