"""The state that schemas describe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.ir import Scalar, dynamo_type
from kxmodel.keys import Present
from kxmodel.migrate.state.canonical import digest
from kxmodel.migrate.state.model import (
    EntityState,
    IndexKeysState,
    IndexState,
    SettingsState,
    State,
    TableState,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kxmodel.ir import Entity, Index, Recognition, Table
    from kxmodel.keys import Condition
    from kxmodel.migrate.state.model import Recognise


def state_of(tables: Iterable[Table]) -> State:
    """The state of these tables, as `kxmodel.dialect` reads them."""
    return State({table.name: _table(table) for table in tables})


def _table(table: Table) -> TableState:
    settings = table.settings
    return TableState(
        name=table.name,
        hash=table.hash,
        range=table.range,
        indexes={index.name: _index(index) for index in table.indexes},
        entities={entity.name: _entity(entity) for entity in table.entities},
        settings=SettingsState(
            read_capacity=settings.read_capacity,
            write_capacity=settings.write_capacity,
            stream=settings.stream,
            ttl=settings.ttl,
            encryption=settings.encryption,
            point_in_time_recovery=settings.point_in_time_recovery,
            deletion_protection=settings.deletion_protection,
            tags=dict(settings.tags),
        ),
    )


def _index(index: Index) -> IndexState:
    projection = (
        # DynamoDB keeps the included attributes as a set.
        tuple(sorted(index.include)) if index.projection == "INCLUDE" else index.projection
    )
    return IndexState(index.name, index.hash, index.range, projection, index.local)


def _entity(entity: Entity) -> EntityState:
    versions = [
        attribute.name
        for attribute in entity.attributes
        if isinstance(attribute.shape, Scalar) and attribute.shape.kind == "version"
    ]
    return EntityState(
        name=entity.name,
        keys={name: template.text for name, template in entity.keys.items()},
        schema_digest=digest(entity.schema),
        indexes={
            filled.index: IndexKeysState(
                {name: template.text for name, template in filled.keys.items()},
                _when(filled.when) if filled.when else None,
            )
            for filled in entity.indexes
        },
        recognise=_recognise(entity.recognition),
        derive={each.name: each.derive for each in entity.attributes if each.derive},
        version=versions[0] if versions else None,
        schema=entity.schema,
        defaults={
            each.name: each.default for each in entity.attributes if each.default is not None
        },
        binary=frozenset(each.name for each in entity.attributes if dynamo_type(each.shape) == "B"),
    )


def _recognise(recognition: Recognition) -> Recognise:
    rules = {"equals": dict(recognition.equals), "prefix": dict(recognition.prefixes)}
    return {name: texts for name, texts in rules.items() if texts}


def _when(condition: Condition) -> Mapping[str, object]:
    """The condition as the dialect writes it; several tests of one path stand together."""
    written: dict[str, dict[str, object]] = {}
    for test in condition.tests:
        body = written.setdefault(test.source, {})
        if isinstance(test, Present):
            body["present"] = test.present
        elif len(test.values) == 1:
            body["equals"] = test.values[0]
        else:
            body["in"] = list(test.values)
    return written
