"""The policies of principals that belong to one tenant, which a tag of theirs names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.iam import actions
from kxmodel.emit.iam.key import key_statements
from kxmodel.emit.iam.leading import of_index, of_table, overlaps
from kxmodel.emit.iam.policy import Statement, literal
from kxmodel.emit.iam.public import public_statement
from kxmodel.emit.labels import camel, labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.emit.iam.leading import Isolation
    from kxmodel.emit.iam.policy import Conditions
    from kxmodel.emit.iam.settings import Place
    from kxmodel.ir import Index, Table


def tenant_reader(
    tables: Mapping[str, Table], public: Mapping[str, Sequence[Index]], place: Place
) -> list[Statement]:
    """Reading what the keys show to be the tenant's own, and what is public. tables: label -> table."""
    found = []
    for label, table in tables.items():
        if table.tenant is None:
            continue
        own = of_table(table)
        if not own.refusal:
            resource = (place.table(table.name),)
            found.append(
                Statement(f"Read{label}", actions.READ, resource, _conditions(table, own, place))
            )
        parts = labels((index.name for index in table.indexes), camel)
        for index in table.indexes:
            isolation = of_index(table, index)
            sid = f"{label}By{parts[index.name]}"
            if not isolation.refusal:
                found.append(
                    Statement(
                        f"Read{sid}",
                        actions.QUERY,
                        (place.index(table.name, index.name),),
                        _conditions(table, isolation, place),
                    )
                )
            elif index in public.get(table.name, ()):
                found.append(public_statement(sid, table, index, place))
    return [*found, *_keys(tables, place)]


def tenant_writer(
    tables: Mapping[str, Table], public: Mapping[str, Sequence[Index]], place: Place
) -> list[Statement]:
    """What a tenant's reader may, and writing items under the tenant's own keys."""
    found = tenant_reader(tables, public, place)
    for label, table in tables.items():
        own = of_table(table)
        if table.tenant is not None and not own.refusal:
            conditions = _conditions(table, own, place)
            resource = (place.table(table.name),)
            found.append(Statement(f"Write{label}", actions.WRITE, resource, conditions))
    return found


def delimiters(table: Table) -> tuple[str, ...]:
    """What stands behind the tenant in partition keys of the table and its indexes, sorted."""
    every = (of_table(table), *(of_index(table, index) for index in table.indexes))
    return tuple(sorted({lead.after for each in every for lead in each.leads} - {""}))


def _conditions(table: Table, isolation: Isolation, place: Place) -> Conditions:
    """That every partition key of the request is the tenant's.

    ForAllValues holds where the request has no such key, hence Null. AWS does not say whether a wildcard
    in a tag would be one in the pattern, and tags cannot hold any
    (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html); a tag with one is refused all the
    same, like one that is empty, that no tenant can have, or that another's item would answer to.
    """
    patterns = [
        literal(lead.before) + place.tenant + (f"{literal(lead.after)}*" if lead.after else "")
        for lead in isolation.leads
    ]
    after = delimiters(table)
    refused = [
        *(f"*{literal(text)}*" for text in ("*", "?", "$", *after)),
        *(f"*{literal(end)}" for text in after for end in overlaps(text)),
        *map(literal, isolation.barred),
        *(f"{literal(text)}*" for text in isolation.barred_starts),
    ]
    return {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": patterns},
        "Null": {"dynamodb:LeadingKeys": ["false"]},
        "StringLike": {place.tag_key: ["?*"]},
        "StringNotLike": {place.tag_key: refused},
    }


def _keys(tables: Mapping[str, Table], place: Place) -> list[Statement]:
    parted = {label: table for label, table in tables.items() if table.tenant is not None}
    return list(key_statements(parted, place, actions.DECRYPT))
