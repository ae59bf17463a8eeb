"""DynamoDB's limits on items and keys, checked before anything is sent.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors import Problem, ValueRefused
from kxmodel.validate import project_item
from kxmodel.values import (
    MAX_ITEM_BYTES,
    MAX_PARTITION_KEY_BYTES,
    MAX_SORT_KEY_BYTES,
    attribute_size,
    item_size,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.runtime.spec import ModelSpec
    from kxmodel.values import AttributeValue

#: What one character takes in UTF-8 at most (RFC 3629).
_MOST_BYTES = 4


def unfit(item: dict[str, AttributeValue]) -> list[Problem]:
    """What no item can hold, such as half of a surrogate pair; it is taken out of the item."""
    try:
        project_item(item)
        item_size(item)
    except ValueRefused:
        return [problem for name in list(item) for problem in _unfit(item, name)]
    return []


def _unfit(item: dict[str, AttributeValue], name: str) -> list[Problem]:
    try:
        project_item({name: item[name]})
        item_size({name: item[name]})
    except ValueRefused as error:
        del item[name]
        return [Problem((name,), None, "value", error.message, code=error.code)]
    return []


def size_problems(spec: ModelSpec, item: Mapping[str, AttributeValue], size: int) -> list[Problem]:
    """The item's size and its keys' sizes, in bytes, where they are over DynamoDB's limits."""
    problems = key_size_problems(spec, item)
    if size > MAX_ITEM_BYTES:
        largest = max(item, key=lambda name: attribute_size(item[name]))
        told = (
            f"the item has {size:,} bytes, DynamoDB takes {MAX_ITEM_BYTES:,}; most is in {largest}"
        )
        problems.append(Problem((), None, "size", told, code="KX402"))
    return problems


def key_size_problems(spec: ModelSpec, item: Mapping[str, AttributeValue]) -> list[Problem]:
    """The key attributes among these that are over their limit."""
    problems = []
    for name, role in spec.key_roles.items():
        value = item.get(name)
        if value is None:
            continue
        limit = MAX_PARTITION_KEY_BYTES if role == "hash" else MAX_SORT_KEY_BYTES
        if "S" in value and len(value["S"]) * _MOST_BYTES <= limit:
            continue
        size = attribute_size(value)
        if size > limit:
            kind = "partition" if role == "hash" else "sort"
            told = f"the {kind} key has {size:,} bytes, DynamoDB takes {limit:,}"
            problems.append(
                Problem((name,), next(iter(value.values())), "size", told, code="KX402")
            )
    return problems
