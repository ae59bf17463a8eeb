"""Indexes that are shared by all tenants, and what a tenant may see in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.iam import actions
from kxmodel.emit.iam.personal import personal_keys, shows_personal
from kxmodel.emit.iam.policy import Statement, literal
from kxmodel.errors import ExportError
from kxmodel.ir import Scalar
from kxmodel.keys import OneOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.emit.iam.settings import Place
    from kxmodel.ir import Index, IndexKeys, Table
    from kxmodel.keys import Condition, Template


def public_indexes(tables: Sequence[Table], wanted: str) -> dict[str, tuple[Index, ...]]:
    """Table's name -> its indexes that tenants may read. wanted: the setting `public`.

    ``flagged``: the indexes that are declared as shared by all tenants, whose items are in it because a
    flag of theirs is true, and whose keys show no personal data: no query goes without the keys.
    Raises ExportError KX701 for an index that cannot be made public.
    """
    if wanted == "flagged":
        return {
            table.name: tuple(
                i for i in table.indexes if may_be_public(i) and _is_flagged(table, i)
            )
            for table in tables
            if table.tenant is not None
        }
    found: dict[str, tuple[Index, ...]] = {table.name: () for table in tables}
    for name in () if wanted == "none" else wanted.split(","):
        table_name, _, index_name = name.partition("/")
        table = next((t for t in tables if t.name == table_name and t.tenant is not None), None)
        index = next((i for i in table.indexes if i.name == index_name), None) if table else None
        if index is None or not may_be_public(index):
            raise ExportError(
                f"public of iam cannot be {name!r}",
                code="KX701",
                fix="Name indexes as TABLE/INDEX, of tables with a tenant, whose tenantIsolation is "
                '"none" and whose partition key is one text; or none, or flagged.',
            )
        found[table_name] += (index,)
    return found


def may_be_public(index: Index) -> bool:
    """Whether the schema says that all tenants share it, and a policy can hold its keys."""
    return (
        index.tenant_isolation == "none"
        and not index.local
        and len(index.hash) == 1
        and index.hash[0].type == "S"
    )


def shown_attributes(table: Table, index: Index) -> tuple[str, ...]:
    """What a tenant may see of the items in a public index, sorted.

    The keys, without which no query works, and the flat attributes that are no personal data. A policy
    knows attributes at the top of the item only, so that maps and lists are shown whole or not at all.
    """
    keys = {each.name for each in (*table.keys, *index.attributes)}
    derived = {each.name for every in table.indexes for each in every.attributes}
    entities = [table.entity(name) for name, _ in entries(table, index)]
    hidden = {
        attribute.name
        for entity in entities
        for attribute in entity.attributes
        if shows_personal(table, entity, attribute) or not isinstance(attribute.shape, Scalar)
    }
    flat = {attribute.name for entity in entities for attribute in entity.attributes}
    return tuple(sorted(keys | (flat - hidden - derived)))


def personal_keys_of(table: Table, index: Index) -> tuple[str, ...]:
    """The keys of an index and its table that show personal data of the items in it, sorted."""
    found = (
        personal_keys(table, table.entity(entity), keys) for entity, keys in entries(table, index)
    )
    return tuple(sorted(frozenset().union(*found)))


def hidden_attributes(table: Table, index: Index) -> tuple[str, ...]:
    """The attributes of the items in a public index that a tenant may not see, sorted."""
    shown = shown_attributes(table, index)
    names = {a.name for entity, _ in entries(table, index) for a in table.entity(entity).attributes}
    return tuple(sorted(names.difference(shown)))


def public_statement(label: str, table: Table, index: Index, place: Place) -> Statement:
    """Querying a public index for the attributes that are shown, and for no others.

    Select has to be given: a query without it may ask for everything that is projected.
    """
    starts = sorted({_start(keys.keys[index.hash[0].name]) for _, keys in entries(table, index)})
    return Statement(
        f"ReadPublic{label}",
        actions.QUERY,
        (place.index(table.name, index.name),),
        {
            "ForAllValues:StringLike": {"dynamodb:LeadingKeys": starts},
            "ForAllValues:StringEquals": {
                "dynamodb:Attributes": [literal(name) for name in shown_attributes(table, index)]
            },
            "StringEquals": {"dynamodb:Select": ["SPECIFIC_ATTRIBUTES"]},
            "StringLike": {place.tag_key: ["?*"]},
            "Null": {"dynamodb:Attributes": ["false"], "dynamodb:LeadingKeys": ["false"]},
        },
    )


def entries(table: Table, index: Index) -> list[tuple[str, IndexKeys]]:
    """The entities in an index and their keys there."""
    return [
        (entity.name, keys)
        for entity in table.entities
        for keys in entity.indexes
        if keys.index == index.name
    ]


def _start(template: Template) -> str:
    return literal(template.literal_prefix) + ("" if template.is_constant else "*")


def _is_flagged(table: Table, index: Index) -> bool:
    found = entries(table, index)
    flagged = bool(found) and all(_is_flag(keys.when) for _, keys in found)
    return flagged and not personal_keys_of(table, index)


def _is_flag(when: Condition | None) -> bool:
    return when is not None and any(
        isinstance(test, OneOf) and len(test.values) == 1 and test.values[0] is True
        for test in when.tests
    )
