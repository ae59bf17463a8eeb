"""What can be said of an access pattern in words and numbers, for every page that tells of one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.dialect import shape_at
from kxmodel.docs import markdown as md
from kxmodel.docs.jsonlines import json_line
from kxmodel.docs.worked import READ_UNIT_BYTES
from kxmodel.ir import Scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.docs.asking import Asked, Condition
    from kxmodel.docs.worked import Worked
    from kxmodel.ir import AccessPattern, Index, Table

#: A Query ends a page after so many bytes
#: (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html).
PAGE_BYTES: Final = 1024 * 1024

_TIMES: Final = frozenset({"timestamp", "ulid", "ttl"})
_NUMBERS: Final = frozenset({"integer", "number", "decimal", "version"})


@dataclass(frozen=True)
class Cost:
    """Read capacity units of the Query.

    read: how many of the examples it reads; bytes: their size in the index. units: what that costs.
    typical: the size of one item; most: how many one request reads; full: what those cost.
    """

    read: int
    bytes: int
    units: float
    typical: int
    most: int
    full: float


def cost(asked: Asked) -> Cost | None:
    """What asking costs, from the examples' sizes; None where none of them is read."""
    index = index_of(asked.table, asked.pattern)
    sizes = [_size(asked.table, index, item) for item in asked.read()]
    if not sizes:
        return None
    typical = round(sum(sizes) / len(sizes))
    consistent = asked.pattern.consistent
    most = max(1, min(asked.limit, PAGE_BYTES // typical))
    return Cost(
        read=len(sizes),
        bytes=sum(sizes),
        units=units(sum(sizes), consistent=consistent),
        typical=typical,
        most=most,
        full=units(most * typical, consistent=consistent),
    )


def units(size: int, *, consistent: bool) -> float:
    """Read capacity units of one request that reads so many bytes.

    Half as many where the read is eventually consistent, as every read of a global index is
    (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
    """
    return math.ceil(size / READ_UNIT_BYTES) * (1.0 if consistent else 0.5)


def index_of(table: Table, pattern: AccessPattern) -> Index | None:
    """The index that answers; None: the table itself."""
    return table.index(pattern.index) if pattern.index is not None else None


def returned(pattern: AccessPattern) -> tuple[str, ...]:
    """The entities that may come back."""
    return pattern.returns or (pattern.entity,)


def comes_back(pattern: AccessPattern) -> str:
    """E.g. ``at most one Lead``, ``Message items``. Markdown."""
    names = [md.text(name) for name in returned(pattern)]
    listed = listing(names, "or" if pattern.result == "one" else "and")
    if pattern.result == "one":
        return f"at most one {listed}"
    return f"{listed} together" if pattern.result == "collection" else f"{listed} items"


def order(table: Table, pattern: AccessPattern) -> str:
    """E.g. ``newest ts first``. Markdown; empty where there is no order to speak of."""
    if pattern.range is None or pattern.result == "one":
        return ""
    kind = kind_of(table, pattern, pattern.range)
    down = pattern.order == "descending"
    name = md.code(pattern.range)
    if kind in _TIMES:
        return f"{'newest' if down else 'oldest'} {name} first"
    if kind in _NUMBERS or kind == "binary":
        return f"{'highest' if down else 'lowest'} {name} first"
    return f"by {name}, {'Z to A' if down else 'A to Z'}"


def narrowings(table: Table, pattern: AccessPattern) -> tuple[str, ...]:
    """The keyword arguments that narrow the range of the method."""
    if pattern.range is None or pattern.result == "one":
        return ()
    numbers = kind_of(table, pattern, pattern.range) in _NUMBERS
    return ("between", *(() if numbers else ("begins_with",)), "lt", "le", "gt", "ge")


def kind_of(table: Table, pattern: AccessPattern, path: str) -> str:
    """The kind of what stands at a path of the entities that come back, e.g. ``timestamp``."""
    structures = {each.name: each for each in table.structures}
    for name in returned(pattern):
        shape = shape_at(table.entity(name), structures, path)
        if isinstance(shape, Scalar):
            return shape.kind
    return "text"


def condition(conditions: Sequence[Condition]) -> str:
    """Conditions as one line of text: ``GSI1PK = "t1" AND begins_with(GSI1SK, "active#")``."""
    return " AND ".join(map(_written, conditions))


def tenancy(table: Table, pattern: AccessPattern) -> str:
    """Whether a reader can reach another tenant's items. Markdown."""
    tenant = table.tenant
    if tenant is None:
        return "This table knows no tenants."
    name = md.code(tenant)
    index = index_of(table, pattern)
    if index is None:
        entity = table.entity(pattern.entity)
        if tenant in entity.keys[table.hash.name].sources:
            return (
                f"{name} is a part of the partition key: another tenant's items are out of reach."
            )
        return f"The partition key has no {name}: whoever knows the other values reads these items."
    match index.tenant_isolation:
        case "key":
            return (
                f"{name} is a part of the partition key: another tenant's items are out of reach."
            )
        case "filter":
            return (
                f"Tenants share partitions of this index. Every item's {name} is compared after it is "
                f"read, so other tenants' items are left out, and paid for. Without the filter they "
                "would come back: leave it in whatever you write by hand."
            )
        case "none":
            return "These items are shared by all tenants on purpose: nothing keeps tenants apart."


def listing(words: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def number(value: float) -> str:
    """``0.5``, ``12``, ``1,024``."""
    return f"{value:,.1f}".removesuffix(".0")


def _written(each: Condition) -> str:
    name = ".".join(each.path)
    values = [_value(value) for value in each.values]
    match each.operator:
        case "begins_with":
            return f"begins_with({name}, {values[0]})"
        case "BETWEEN":
            return f"{name} BETWEEN {values[0]} AND {values[1]}"
        case operator:
            return f"{name} {operator} {values[0]}"


def _value(value: object) -> str:
    assert isinstance(value, dict)
    ((kind, content),) = value.items()
    if kind == "B":
        return f"{json_line(content)} (base64)"
    return f'"{content}"' if kind == "S" else json_line(content).strip('"')


def _size(table: Table, index: Index | None, item: Worked) -> int:
    return item.size if index is None else item.size_in(table, index)
