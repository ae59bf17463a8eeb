"""How many bytes an item takes, by DynamoDB's own rules.

"DynamoDB item sizes and formats" gives them:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.
Where it is silent or says "approximately", `attribute_size` says what is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kxmodel.values.item import is_array, not_a_value, raw_bytes, unpack
from kxmodel.values.number import shortest
from kxmodel.values.text import utf8_length

if TYPE_CHECKING:
    from kxmodel.values.item import AttributeValue

#: "Quotas in Amazon DynamoDB": the largest item, names included, and the largest keys, in bytes.
MAX_ITEM_BYTES = 400 * 1024
MAX_PARTITION_KEY_BYTES = 2048
MAX_SORT_KEY_BYTES = 1024

#: What a list or map takes beside its elements, and each element beside its own size.
CONTAINER_BYTES = 3
ELEMENT_BYTES = 1


def item_size(item: Mapping[str, AttributeValue]) -> int:
    """The size of an item in bytes: names and values. Raises as `attribute_size`."""
    return sum(utf8_length(name) + attribute_size(value) for name, value in item.items())


def attribute_size(value: AttributeValue) -> int:
    """The size of one attribute value in bytes, without the attribute's name.

    Text counts its UTF-8 bytes, binary its raw bytes, null and a boolean 1. A number counts 1 byte
    per two significant digits, begun ones included, plus 1, plus 1 if it is negative; zero has no
    significant digit. A list or map counts 3, and for each element 1 and its size, in a map also its
    name's. A set counts its members alone, since the page names no overhead for it.

    Raises ValueRefused: KX317 for what is no attribute value, KX316 for text without UTF-8 form,
    KX315 for a number that DynamoDB does not take.
    """
    total = 0
    pending: list[object] = [value]
    while pending:
        current = pending.pop()
        kind, content = unpack(current)
        if kind == "S" and isinstance(content, str):
            total += utf8_length(content)
        elif kind == "N" and isinstance(content, str):
            total += number_size(content)
        elif kind in ("BOOL", "NULL"):
            total += 1
        elif kind == "B":
            total += len(raw_bytes(content))
        elif kind == "M" and isinstance(content, Mapping):
            total += CONTAINER_BYTES + ELEMENT_BYTES * len(content)
            total += sum(map(utf8_length, content))
            pending.extend(content.values())
        elif kind == "L" and is_array(content):
            total += CONTAINER_BYTES + ELEMENT_BYTES * len(content)
            pending.extend(content)
        elif kind in ("SS", "NS", "BS") and is_array(content):
            pending.extend({kind[0]: member} for member in content)
        else:
            raise not_a_value(current)
    return total


def number_size(text: str) -> int:
    """The size of a number in bytes; see `attribute_size`. Raises ValueRefused (KX315)."""
    number = shortest(text)
    digits = len(number.as_tuple().digits) if number else 0
    return (digits + 1) // 2 + 1 + (number < 0)
