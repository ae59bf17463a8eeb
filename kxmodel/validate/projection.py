"""The JSON that validation sees of an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.values import item_to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.values import JSON, AttributeValue


def project_item(item: Mapping[str, AttributeValue]) -> dict[str, JSON]:
    """The plain JSON of an item in DynamoDB JSON, as a schema judges it.

    Sets are arrays in the order of their values, binary is base64 text, a number keeps every digit:
    an int where it is whole however it is written (JSON Schema counts 1.0 as an integer), else a
    float where its shortest digits are those stored, else a Decimal. Validators here read a float by
    its shortest digits, so that 0.1 is one tenth.

    Raises ValueRefused: KX317 for what is no attribute value or nests over 32 levels, KX315 for what
    is no number.
    """
    return item_to_json(item)
