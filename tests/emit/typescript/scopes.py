"""What the keys of an entity are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kxmodel.errors import KxError
from kxmodel.keys import parse, render

if TYPE_CHECKING:
    from kxmodel.ir import Entity


def sources_of(entity: Entity) -> list[str]:
    """The dotted paths that any key of the entity is made of, what is derived aside."""
    derived = {a.name: parse(a.derive) for a in entity.attributes if a.derive}
    found = [s for t in (*entity.keys.values(), *derived.values()) for s in t.sources]
    for filled in entity.indexes:
        found += [s for t in filled.keys.values() for s in t.sources]
        found += filled.when.sources if filled.when else ()
    return [path for path in dict.fromkeys(found) if path not in derived]


def with_derived(entity: Entity, item: dict[str, Any]) -> dict[str, Any] | str:
    """The item with its derived attributes, or the code of the error that keeps one from it."""
    for attribute in entity.attributes:
        if attribute.derive:
            try:
                text = render(parse(attribute.derive), item)
            except KxError as error:
                return str(error.code)
            if text is not None:
                item = {**item, attribute.name: text}
    return item
