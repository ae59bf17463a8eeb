"""The policies of the roles that are trusted with all tenants: reader, writer, migrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.iam import actions
from kxmodel.emit.iam.key import key_statements
from kxmodel.emit.iam.policy import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.emit.iam.settings import Place
    from kxmodel.ir import Table


def reader(tables: Mapping[str, Table], place: Place) -> list[Statement]:
    """Items by key and by query, of tables and indexes. tables: label -> table."""
    return [
        *(_read(label, table, place) for label, table in tables.items()),
        *key_statements(tables, place, actions.DECRYPT),
    ]


def writer(tables: Mapping[str, Table], place: Place) -> list[Statement]:
    """What a reader may, and writing items of the tables."""
    found = []
    for label, table in tables.items():
        found.append(_read(label, table, place))
        found.append(Statement(f"Write{label}", actions.WRITE, (place.table(table.name),)))
    return [*found, *key_statements(tables, place, actions.DECRYPT)]


def migrator(
    tables: Mapping[str, Table], place: Place, history: str, ledger: str
) -> list[Statement]:
    """Migrations and reports: tables, their settings and items, the history, the ledger, alarms.

    The indexes are not listed by name: a migration creates those that are not there yet.
    """
    found = []
    for label, table in tables.items():
        own = (place.table(table.name),)
        found += [
            Statement(f"Migrate{label}", actions.MIGRATE, own),
            Statement(f"Move{label}", actions.MOVE, own),
            Statement(f"Drop{label}", actions.DROP, own),
            Statement(f"Replicas{label}", actions.REPLICAS, (place.global_table(table.name),)),
            Statement(f"Indexes{label}", actions.INDEXES, (place.index(table.name, "*"),)),
        ]
    books = (place.table(history), place.table(ledger))
    alarms = (place.arn("cloudwatch", "alarm:*"),)
    return [
        *found,
        Statement("KeepTheBooks", actions.BOOKS, books),
        Statement("SeeTheAlarms", actions.ALARMS, alarms),
        *key_statements(tables, place, actions.USE_KEY),
    ]


def _read(label: str, table: Table, place: Place) -> Statement:
    indexes = (place.index(table.name, index.name) for index in table.indexes)
    return Statement(f"Read{label}", actions.READ, (place.table(table.name), *indexes))
