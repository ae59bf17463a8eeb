"""The keys and indexes of a model's table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from kxmodel.dialect import snake_case
from kxmodel.errors.base import shorten
from kxmodel.ir import Index, KeyAttribute

if TYPE_CHECKING:
    from kxmodel.adopt.workbench.place import Place
    from kxmodel.ir import KeyType

#: "Naming rules" of tables and indexes.
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
_NAME: Final = re.compile(r"[a-zA-Z0-9_.-]{3,255}")
_LONGEST: Final = 255


def read_name(place: Place) -> str:
    """The name of a table or index. Raises AdoptError KX710 for one that DynamoDB does not take."""
    name = place.text()
    if not _NAME.fullmatch(name):
        place.fail(
            f"{shorten(name)} is no name for a table or an index",
            "Use 3 to 255 letters and digits of ASCII, and _ . -",
        )
    return name


def read_key(place: Place) -> tuple[KeyAttribute, ...]:
    """Partition key, then the sort key if there is one. Raises AdoptError KX710."""
    keys = [_attribute(place.need("PartitionKey"))]
    sort = place.get("SortKey")
    if sort is not None and sort.value != {}:
        keys.append(_attribute(sort))
        if keys[0].name == keys[1].name:
            sort.fail(f"{shorten(keys[0].name)} is both partition key and sort key")
    return tuple(keys)


def read_indexes(table: Place, key: tuple[KeyAttribute, ...]) -> tuple[Index, ...]:
    """The global and the local indexes. Raises AdoptError KX710."""
    types = {attribute.name: attribute.type for attribute in key}
    found: dict[str, Index] = {}
    for member, local in (("GlobalSecondaryIndexes", False), ("LocalSecondaryIndexes", True)):
        for place in table.elements(member):
            index = _index(place, local)
            if index.name in found:
                place.fail(f"a second index is called {shorten(index.name)}")
            if local and (index.hash != key[:1] or not index.range or len(key) < 2):
                place.fail("a local index has the table's partition key and a sort key of its own")
            for attribute in index.attributes:
                if types.setdefault(attribute.name, attribute.type) != attribute.type:
                    place.fail(
                        f"{shorten(attribute.name)} is of type {attribute.type} here and "
                        f"{types[attribute.name]} in another key"
                    )
            found[index.name] = index
    return tuple(found.values())


def _index(place: Place, local: bool) -> Index:
    name = read_name(place.need("IndexName"))
    keys = read_key(place.need("KeyAttributes"))
    projection = place.get("Projection")
    kind = "ALL"
    include: tuple[str, ...] = ()
    if projection is not None:
        told = projection.get("ProjectionType")
        kind = told.choice("ALL", "KEYS_ONLY", "INCLUDE") if told else "ALL"
        include = _included(projection) if kind == "INCLUDE" else ()
        kind = "KEYS_ONLY" if kind == "INCLUDE" and not include else kind
    return Index(
        name=name,
        python_name=snake_case(name),
        hash=keys[:1],
        range=keys[1:],
        projection=kind,  # type: ignore[arg-type]  # one of the three, as `choice` has seen to
        include=include,
        local=local,
    )


def _included(projection: Place) -> tuple[str, ...]:
    names = (attribute_name(each) for each in projection.elements("NonKeyAttributes"))
    return tuple(dict.fromkeys(names))


def attribute_name(place: Place) -> str:
    """The name of an attribute, as text or as an object with ``AttributeName``."""
    named = place.need("AttributeName") if isinstance(place.value, dict) else place
    name = named.text()
    if not 1 <= len(name) <= _LONGEST:
        named.fail(f"an attribute's name has 1 to {_LONGEST} characters")
    return name


def _attribute(place: Place) -> KeyAttribute:
    kind = place.get("AttributeType")
    return KeyAttribute(
        attribute_name(place), cast("KeyType", kind.choice("S", "N", "B")) if kind else "S"
    )
