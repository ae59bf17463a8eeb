"""A data model of NoSQL Workbench -> its tables.

The format has no published description: this reads what Workbench writes, and what the sample models
of AWS hold. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/workbench.SampleModels.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from kxmodel.adopt.observed import Facet, Observed
from kxmodel.adopt.workbench.indexes import attribute_name, read_indexes, read_key, read_name
from kxmodel.adopt.workbench.items import read_item
from kxmodel.adopt.workbench.place import Place
from kxmodel.dialect.document import load
from kxmodel.errors import AdoptError, SchemaError
from kxmodel.ir import DynamoType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HINT = "Name a file that NoSQL Workbench exported as a data model."


def read_model(path: Path) -> tuple[Observed, ...]:
    """The tables of the model file at `path`. Raises AdoptError KX710 with the place."""
    try:
        document = load(path, path.name)
    except SchemaError as error:
        raise AdoptError(error.message, where=error.where, fix=_HINT) from error
    root = Place(document, "", document.value)
    if not isinstance(root.value, dict) or "DataModel" not in root.value:
        root.fail("the file is no data model: it has no member DataModel", _HINT)
    metadata = root.get("ModelMetadata")
    description = metadata.text_at("Description") if metadata else ""
    tables = tuple(_table(place, description) for place in root.elements("DataModel"))
    if not tables:
        root.fail("the model has no tables", _HINT)
    return tables


def _table(place: Place, description: str) -> Observed:
    key = read_key(place.need("KeyAttributes"))
    billing, notes = _billing(place)
    untyped: dict[str, None] = {}
    items = tuple(read_item(item, untyped) for item in place.elements("TableData"))
    facets = tuple(_facet(facet, untyped) for facet in place.elements("TableFacets"))
    if untyped:
        notes.append(
            f"What is inside {', '.join(untyped)} is plain JSON in the sample items, without "
            "DynamoDB's types, and was taken as what it says: check its types."
        )
    return Observed(
        name=read_name(place.need("TableName")),
        key=key,
        indexes=read_indexes(place, key),
        attributes=dict(_attributes(place)),
        items=items,
        facets=facets,
        description=place.text_at("Description") or description,
        billing=billing,
        notes=tuple(notes),
    )


def _attributes(table: Place) -> Iterator[tuple[str, DynamoType]]:
    for place in table.elements("NonKeyAttributes"):
        kind = place.get("AttributeType") if isinstance(place.value, dict) else None
        yield (
            attribute_name(place),
            cast("DynamoType", kind.choice(*get_args(DynamoType)) if kind else "S"),
        )


def _facet(place: Place, untyped: dict[str, None]) -> Facet:
    aliases = place.get("KeyAttributeAlias")
    names = ("PartitionKeyAlias", "SortKeyAlias")
    return Facet(
        name=place.need("FacetName").text(),
        attributes=tuple(attribute_name(each) for each in place.elements("NonKeyAttributes")),
        aliases=tuple(aliases.text_at(name) for name in names) if aliases else ("", ""),
        items=tuple(read_item(item, untyped) for item in place.elements("TableData")),
    )


def _billing(table: Place) -> tuple[tuple[int, int] | None, list[str]]:
    mode = table.get("BillingMode")
    settings = table.get("ProvisionedCapacitySettings")
    if mode is None or mode.choice("PROVISIONED", "PAY_PER_REQUEST") != "PROVISIONED":
        return None, []
    notes = []
    units = settings.get("ProvisionedThroughput") if settings else None
    if units is None:
        notes.append("The model is provisioned without saying how many units: set `billing`.")
        return None, notes
    if settings and (settings.get("AutoScalingRead") or settings.get("AutoScalingWrite")):
        notes.append(
            "The model scales its capacity automatically, for which a schema has no word: say it "
            "where you export infrastructure."
        )
    return (_units(units, "ReadCapacityUnits"), _units(units, "WriteCapacityUnits")), notes


def _units(place: Place, name: str) -> int:
    found = place.need(name)
    if isinstance(found.value, bool) or not isinstance(found.value, int) or found.value < 1:
        found.fail(f"{name} is no number of capacity units, 1 or more")
    return found.value
