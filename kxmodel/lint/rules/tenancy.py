"""Whether the tenant keeps tenants apart, and where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.errors.base import shorten
from kxmodel.keys import Literal
from kxmodel.lint.place import below, of_key, of_table
from kxmodel.lint.reads import reads
from kxmodel.lint.rule import Fault, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Entity, Index, Table
    from kxmodel.keys import Template


@dataclass(frozen=True)
class _Partition:
    """A partition key of an entity that has a tenant: of the table (`index` None) or an index."""

    entity: Entity
    index: Index | None
    attribute: str
    templates: tuple[Template, ...]

    @property
    def pointer(self) -> str:
        return of_key(self.entity, self.index.name if self.index else None, self.attribute)

    @property
    def label(self) -> str:
        target = self.index.name if self.index else "the table"
        return (
            f"the partition key {shorten(self.templates[0].text)} of {self.entity.name} in {target}"
        )

    def has(self, tenant: str) -> bool:
        """Whether the whole tenant is part of it."""
        return any(
            part.source == tenant and not part.lossy
            for template in self.templates
            for part in template.placeholders
        )

    def begins_with(self, tenant: str) -> bool:
        """Whether the tenant is its first source, and its text is told from what follows."""
        template = self.templates[0]
        first = template.placeholders[:1]
        if not first or first[0].source != tenant or first[0].lossy:
            return False
        behind = template.parts[template.parts.index(first[0]) + 1 :]
        return not behind or isinstance(behind[0], Literal)


@rule("KX230", "error")
def tenant_missing(table: Table) -> Iterator[Fault]:
    """Items of two tenants can stand in one partition, and nothing says that this is meant."""
    tenant = table.tenant or ""
    for partition in _partitions(table):
        if partition.has(tenant) or (partition.index and partition.index.tenant_isolation != "key"):
            continue
        choice = (
            'say "tenantIsolation": "filter" (every read compares the tenant) or "none" (shared on '
            "purpose)"
            if partition.index
            else "leave the tenant out of x-kx-table if tenants share this table on purpose"
        )
        yield Fault(
            partition.pointer,
            f"{partition.label} lacks the tenant {shorten(tenant)}: two tenants can share it",
            f"Begin the template with ${{{tenant}}}#, or {choice}.",
        )


@rule("KX231", "warning")
def tenant_not_first(table: Table) -> Iterator[Fault]:
    """The tenant stands behind another source, where IAM cannot hold it against the caller."""
    tenant = table.tenant or ""
    for partition in _partitions(table):
        if partition.has(tenant) and not partition.begins_with(tenant):
            yield Fault(
                partition.pointer,
                f"{partition.label} does not begin with the tenant {shorten(tenant)}, so that "
                "dynamodb:LeadingKeys cannot keep a role to one tenant",
                f"Put ${{{tenant}}} before every other source, a literal behind it.",
            )


@rule("KX232", "error")
def tenant_not_compared(table: Table) -> Iterator[Fault]:
    """A pattern reads partitions that tenants share, and returns what is another tenant's."""
    for read in reads(table):
        if table.tenant is None or read.index is None:
            continue
        if read.index.tenant_isolation != "filter" or table.tenant in read.known:
            continue
        if any(table.tenant in entity.members for entity in read.returned):
            yield Fault(
                read.place("filter"),
                f"{read.name} reads {read.index.name}, where tenants share partitions, and does not "
                f"compare the tenant {shorten(table.tenant)}",
                f'Add "{table.tenant}" to `given` and to `filter`.',
            )


@rule("KX233", "warning")
def shared_partitions(table: Table) -> Iterator[Fault]:
    """Tenants share the partitions of an index; only reads through kxmodel keep them apart."""
    tenant = table.tenant or ""
    for index in table.indexes:
        if index.tenant_isolation != "filter":
            continue
        shared = [p for p in _partitions(table) if p.index == index and not p.has(tenant)]
        if not shared:
            continue
        yield Fault(
            of_table("indexes", index.name, "tenantIsolation"),
            f"{index.name} needs care: two tenants can share a partition of it, since "
            f"{shared[0].label} has no {shorten(tenant)}. Every read pays for the other tenants' "
            "items before it drops them, one tenant's load slows the others, IAM "
            "(dynamodb:LeadingKeys) cannot keep them apart, and whoever queries the index without "
            "kxmodel has to filter as well",
            f"Put ${{{tenant}}}# in front of the partition key as soon as the stored keys may "
            'change, and set "tenantIsolation" to "key"; until then read it through its patterns '
            "only.",
        )


@rule("KX234", "note")
def shared_by_all(table: Table) -> Iterator[Fault]:
    """All tenants share an index, which is what the schema says."""
    tenant = table.tenant or ""
    for index in table.indexes:
        if index.tenant_isolation != "none" or index.local:
            continue
        shared = [p for p in _partitions(table) if p.index == index and not p.has(tenant)]
        if shared:
            names = ", ".join(dict.fromkeys(p.entity.name for p in shared))
            yield Fault(
                of_table("indexes", index.name, "tenantIsolation"),
                f"{index.name} is shared by all tenants on purpose: whoever may read it reads every "
                f"tenant's {names}",
            )


@rule("KX235", "note")
def without_tenant(table: Table) -> Iterator[Fault]:
    """An entity of a table with tenants belongs to none."""
    for entity in table.entities:
        if table.tenant is not None and table.tenant not in entity.members:
            yield Fault(
                below(entity.pointer, "x-kx-entity"),
                f"{entity.name} has no {shorten(table.tenant)}: its items belong to no tenant",
            )


def _partitions(table: Table) -> Iterator[_Partition]:
    """The partition keys of entities that have the tenant; local indexes have the table's."""
    if table.tenant is None:
        return
    indexes = {index.name: index for index in table.indexes}
    for entity in table.entities:
        if table.tenant not in entity.members:
            continue
        name = table.hash.name
        yield _Partition(entity, None, name, (entity.keys[name],))
        for keys in entity.indexes:
            index = indexes[keys.index]
            if not index.local:
                names = [key.name for key in index.hash]
                yield _Partition(entity, index, names[0], tuple(keys.keys[n] for n in names))
