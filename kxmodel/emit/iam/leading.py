"""Which partitions of a table or an index belong to a tenant, as far as a policy can tell.

A policy sees the partition key values of a request (``dynamodb:LeadingKeys``) and nothing of the items.
So a partition is a tenant's if its key begins with the tenant's id, whole, with a text behind it that no
id contains, and if no other item's key can begin like that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.keys import Literal, Placeholder, Template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.ir import Index, Table


@dataclass(frozen=True, order=True)
class Lead:
    """Keys that begin with `before`, the tenant's id and `after`; that end there if `after` is empty."""

    before: str
    after: str

    @property
    def exact(self) -> bool:
        """Whether nothing follows the tenant's id."""
        return not self.after


@dataclass(frozen=True)
class Isolation:
    """What of a table or an index a policy can give to a tenant.

    leads: one for each form of key. barred: ids, and barred_starts: beginnings of ids, that would reach
    other items. unreachable: entities whose keys have no tenant, so that no tenant reaches them.
    refusal: why nothing of it can be given; empty where something can.
    """

    leads: tuple[Lead, ...] = ()
    barred: tuple[str, ...] = ()
    barred_starts: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()
    refusal: str = ""


def of_table(table: Table) -> Isolation:
    """Of the table itself, and so of its local indexes, which have its partition key."""
    templates = [(entity.name, entity.keys[table.hash.name]) for entity in table.entities]
    if table.hash.type != "S":
        return Isolation(refusal="its partition key is no text")
    return _isolation(table.tenant or "", templates)


def of_index(table: Table, index: Index) -> Isolation:
    """Of an index. Items get into it by their own keys, whoever wrote them."""
    if index.local:
        return of_table(table)
    if index.tenant_isolation == "filter":
        return Isolation(
            refusal="tenants share its partitions, and only the reader's own filter parts them"
        )
    if index.tenant_isolation == "none":
        return Isolation(refusal="it is shared by all tenants")
    if len(index.hash) > 1:
        return Isolation(
            refusal="its partition key has several attributes, of which AWS documents no leading key"
        )
    if index.hash[0].type != "S":
        return Isolation(refusal="its partition key is no text")
    templates = [
        (entity.name, keys.keys[index.hash[0].name])
        for entity in table.entities
        for keys in entity.indexes
        if keys.index == index.name
    ]
    return _isolation(table.tenant or "", templates)


def _isolation(tenant: str, templates: Sequence[tuple[str, Template]]) -> Isolation:
    found = [(name, template, _lead(tenant, template)) for name, template in templates]
    leads = tuple(sorted({lead for _, _, lead in found if lead is not None}))
    if not leads:
        return Isolation(refusal="its partition keys do not begin with the tenant")
    barred: set[str] = set()
    starts: set[str] = set()
    for lead in leads:
        for name, template, own in found:
            begins = template.literal_prefix
            if own == lead or not _meet(lead.before, begins):
                continue
            if own is None and not template.is_constant and lead.before.startswith(begins):
                return Isolation(
                    refusal=f"a key of {name} may begin with what is a tenant's id in another's"
                )
            rest = begins[len(lead.before) :]
            if not lead.exact and lead.after in rest:
                barred.add(rest.partition(lead.after)[0])
            else:
                starts.add(rest)
                barred.update(_cut(rest, lead.after))
    unreachable = tuple(name for name, _, lead in found if lead is None)
    return Isolation(leads, tuple(sorted(barred - {""})), tuple(sorted(starts - {""})), unreachable)


def _lead(tenant: str, template: Template) -> Lead | None:
    """How keys of this template begin with the tenant; None where they do not."""
    parts = template.parts[1:] if template.literal_prefix else template.parts
    if not parts or not isinstance(parts[0], Placeholder):
        return None
    if parts[0].source != tenant or parts[0].filters:
        return None
    if len(parts) == 1:
        return Lead(template.literal_prefix, "")
    following = parts[1]
    return Lead(template.literal_prefix, following.text) if isinstance(following, Literal) else None


def overlaps(delimiter: str) -> tuple[str, ...]:
    """Ends of an id behind which the delimiter would be found too early, e.g. ``-`` before ``--``."""
    return tuple(
        delimiter[:length]
        for length in range(1, len(delimiter))
        if (delimiter[:length] + delimiter).startswith(delimiter)
    )


def _cut(rest: str, delimiter: str) -> list[str]:
    """The ids that are left of `rest` if the delimiter begins inside it and ends behind it."""
    return [
        rest[:-length]
        for length in range(1, min(len(rest), len(delimiter) - 1) + 1)
        if rest.endswith(delimiter[:length])
    ]


def _meet(one: str, other: str) -> bool:
    """Whether a text can begin with both."""
    return one.startswith(other) or other.startswith(one)
