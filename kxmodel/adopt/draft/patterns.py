"""The access patterns that an entity's keys answer: by the primary key, and by each index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.adopt.guess.names import snake_name
from kxmodel.dialect import snake_case
from kxmodel.dialect.patterns import TAKEN_PARAMETERS
from kxmodel.keys import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kxmodel.adopt.draft.keys import Keys
    from kxmodel.adopt.draft.properties import Properties
    from kxmodel.adopt.observed import Observed

#: Characters of a method's name.
_LONGEST: Final = 80


def patterns(
    table: Observed, entity: str, keys: Keys, attributes: Properties
) -> Iterator[tuple[str, dict[str, object]]]:
    """Method name -> access pattern. What a draft cannot know is the question that people ask."""
    readable: list[tuple[str | None, str, str | None]] = [
        (None, table.key[0].name, table.key[1].name if len(table.key) > 1 else None)
    ]
    readable += [
        (index.name, index.hash[0].name, index.range[0].name if index.range else None)
        for index in table.indexes
        if index.name in keys.indexes
    ]
    for index, hash_key, range_key in readable:
        templates = keys.indexes[index] if index else keys.table
        given = parse(templates[hash_key]).sources
        sort = parse(templates[range_key]).sources if range_key else ()
        free = [source for source in sort if source not in given]
        yield _pattern(entity, index, given, free[0] if free else None, attributes)


def _pattern(
    entity: str, index: str | None, given: Sequence[str], free: str | None, attributes: Properties
) -> tuple[str, dict[str, object]]:
    words = "_and_".join(snake_name(source, "key") for source in given) or "everything"
    one = index is None and free is None
    name = attributes.names.take(f"by_{words}"[:_LONGEST].rstrip("_"))
    known = " and ".join(given)
    having = f"this {known}" if given else "the one partition key"
    pattern: dict[str, object] = {
        "question": f"Which {entity} has {having}?"
        if one
        else f"Which {entity} items have {having}?",
        "entity": entity,
    }
    if index is not None:
        pattern["index"] = index
    pattern["given"] = [_argument(source, attributes.python) for source in given]
    if one:
        pattern["result"] = "one"
    elif free is not None:
        pattern["range"] = free
    return name, pattern


def _argument(source: str, python: Mapping[str, str]) -> object:
    """A path, with a name for the parameter where its own will not do."""
    name = python[source]
    if name in TAKEN_PARAMETERS:
        name = f"{name}_value"
    return source if name == snake_case(source) else {"path": source, "name": name}
