"""One table of a data model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from kxmodel.errors import ExportError, KxError
from kxmodel.ir import dynamo_type
from kxmodel.ir.items import dynamodb_json, with_keys

if TYPE_CHECKING:
    from kxmodel.ir import Entity, Index, KeyAttribute, Settings, Table
    from kxmodel.keys import Template

Json: TypeAlias = dict[str, object]

REFUSE: Final = "refuse"
LEAVE_OUT: Final = "leave-out"

#: Workbench's own default of a table that is provisioned.
_CAPACITY: Final = 5


def table_model(table: Table, local: str = REFUSE) -> Json:
    """The table with facets (one an entity), indexes and the schema's examples as sample data.

    local: what becomes of local indexes. Raises ExportError KX703 for a local index, unless it is
    left out, for an index with several attributes in a key, and for an example without a key.
    """
    indexes = [index for index in table.indexes if not index.local]
    if local == REFUSE and len(indexes) < len(table.indexes):
        names = ", ".join(index.name for index in table.indexes if index.local)
        raise ExportError(
            f"{table.name} has the local index {names}, and a Workbench model has global ones only",
            code="KX703",
            fix="Leave local indexes out with --set local-indexes=leave-out.",
        )
    model: Json = {
        "TableName": table.name,
        "KeyAttributes": _keys(table.keys),
        "NonKeyAttributes": _others(table),
        "TableFacets": [_facet(table, entity) for entity in table.entities],
    }
    if indexes:
        model["GlobalSecondaryIndexes"] = [_index(table, index) for index in indexes]
    model["TableData"] = [item for entity in table.entities for item in _items(table, entity)]
    model["DataAccess"] = {"MySql": {}}
    return model | _billing(table.settings)


def _keys(keys: tuple[KeyAttribute, ...]) -> Json:
    roles = ("PartitionKey", "SortKey")
    return {
        role: {"AttributeName": key.name, "AttributeType": key.type}
        for role, key in zip(roles, keys, strict=False)
    }


def _others(table: Table) -> list[Json]:
    """Every attribute that is not in the table's key, with the type it has in the first entity."""
    own = {key.name for key in table.keys}
    types = {a.name: dynamo_type(a.shape) for e in reversed(table.entities) for a in e.attributes}
    order = dict.fromkeys(a.name for e in table.entities for a in e.attributes)
    return [
        {"AttributeName": name, "AttributeType": types[name]} for name in order if name not in own
    ]


def _facet(table: Table, entity: Entity) -> Json:
    own = {key.name for key in table.keys}
    aliases = [_alias(entity.keys[key.name]) for key in table.keys]
    roles = ("PartitionKeyAlias", "SortKeyAlias")
    return {
        "FacetName": entity.name,
        "KeyAttributeAlias": dict(zip(roles, aliases, strict=False)),
        "TableData": [],
        "NonKeyAttributes": [a.name for a in entity.attributes if a.name not in own],
        "DataAccess": {"MySql": {}},
    }


def _alias(template: Template) -> str:
    """What people call a key: the attributes it is made of, or its one text."""
    return "_".join(template.sources) or template.literal_prefix


def _index(table: Table, index: Index) -> Json:
    if len(index.hash) > 1 or len(index.range) > 1:
        raise ExportError(
            f"the index {index.name} of {table.name} has several attributes in one key, and a "
            "Workbench model has one",
            code="KX703",
        )
    projection: Json = {"ProjectionType": index.projection}
    if index.projection == "INCLUDE":
        projection["NonKeyAttributes"] = list(index.include)
    return {
        "IndexName": index.name,
        "KeyAttributes": _keys(index.attributes),
        "Projection": projection,
    }


def _items(table: Table, entity: Entity) -> list[Json]:
    items = []
    for number, example in enumerate(entity.examples, start=1):
        try:
            items.append(dynamodb_json(table, entity, with_keys(table, entity, example)))
        except KxError as error:
            raise ExportError(
                f"example {number} of {entity.name} cannot be stored: {error.message}",
                code="KX703",
                where=entity.location,
                fix=error.fix,
            ) from error
    return items


def _billing(settings: Settings) -> Json:
    if settings.billing == "on-demand":
        return {"BillingMode": "PAY_PER_REQUEST"}
    return {
        "BillingMode": "PROVISIONED",
        "ProvisionedCapacitySettings": {
            "ProvisionedThroughput": {
                "ReadCapacityUnits": settings.read_capacity or _CAPACITY,
                "WriteCapacityUnits": settings.write_capacity or _CAPACITY,
            }
        },
    }
