"""Objects that were read through a projection: they must not be saved over the whole item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pynamodb.attributes import Attribute
from pynamodb.expressions.operand import Path

from kxmodel.runtime.recognise import entity_classes, table_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pynamodb.pagination import ResultIterator

T = TypeVar("T")


def mark_partial(found: T) -> T:
    """Mark an object as read in part. Plain items of unknown entities pass as they are."""
    if hasattr(found, "_kx_partial"):
        found._kx_partial = True
    return found


def partial_results(model: type[Any], results: ResultIterator[T]) -> ResultIterator[T]:
    """The same results; each object marked as it is made, if the request reads a projection.

    model: the class whose query or scan gives them.
    """
    # PynamoDB 6.1 keeps what it was asked, and the function that makes objects, in private names;
    # they hold whether arguments came by keyword, by position or through an index.
    asked: Any = results.page_iter._kwargs
    index = asked.get("index_name")
    attributes = asked.get("attributes_to_get")
    if attributes is not None:
        asked["attributes_to_get"] = with_identity(model, attributes, index)
    if attributes is not None or not (index is None or model.kx.projects_all(index)):
        make: Any = results._map_fn
        results._map_fn = lambda item: mark_partial(make(item))
    return results


def with_identity(model: type[Any], attributes: Any, index: str | None = None) -> list[Any]:
    """What to read so that `attributes` come, and that it is known of which item and of which entity.

    attributes: PynamoDB's `attributes_to_get`: one or a list of stored paths, attributes or paths.
    index: the one that is read; only what it projects can be asked of it.
    """
    wanted = list(attributes) if isinstance(attributes, list | tuple) else [attributes]
    known = {_first_part(attribute) for attribute in wanted}
    return [*wanted, *(Path([name]) for name in _identity(model, index) if name not in known)]


def _identity(model: type[Any], index: str | None) -> Iterator[str]:
    """The stored names of the table's key, and of what its entities are recognised by."""
    names = [
        a.attr_name for a in model.get_attributes().values() if a.is_hash_key or a.is_range_key
    ]
    yield from names
    projected = None if index is None else _projected(model, index)
    for entity_class in entity_classes(table_class(model)):
        for test in entity_class._kx_entity.recognise.values():
            for name in test:
                if name not in names and (projected is None or name in projected):
                    names.append(name)
                    yield name


def _projected(model: type[Any], index: str) -> set[str] | None:
    """What an index holds beside the table's key; None: all."""
    meta = model._indexes[index].Meta
    if model.kx.projects_all(index):
        return None
    return {
        *(attribute.attr_name for attribute in meta.attributes.values()),
        *(meta.projection.non_key_attributes or ()),
    }


def _first_part(attribute: Any) -> str:
    """The name at the top that a path goes through."""
    if isinstance(attribute, Attribute):
        return str(attribute.attr_name)
    path = attribute.path[0] if isinstance(attribute, Path) else str(attribute).partition(".")[0]
    return str(path).partition("[")[0]
