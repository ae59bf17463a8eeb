"""The field's values: ULIDs, timestamps, e-mail, phones, exact numbers, sizes. Pure, no I/O."""

from kxmodel.values.email import is_email, is_normal_email, normalise_email
from kxmodel.values.item import (
    JSON,
    AttributeValue,
    UnjsonType,
    from_json,
    item_from_json,
    item_to_json,
    to_json,
    typed_from_json,
)
from kxmodel.values.number import canonical, pad, to_decimal
from kxmodel.values.phone import is_e164, known_region, normalise_phone
from kxmodel.values.size import (
    MAX_ITEM_BYTES,
    MAX_PARTITION_KEY_BYTES,
    MAX_SORT_KEY_BYTES,
    attribute_size,
    item_size,
)
from kxmodel.values.text import check_text, utf8, utf8_length
from kxmodel.values.timestamp import (
    format_timestamp,
    instant_of,
    looks_stored,
    normalise_timestamp,
    now,
    parse_timestamp,
)
from kxmodel.values.ulid import is_normal_ulid, new_ulid, parse_ulid, ulid_time

__all__ = [
    "JSON",
    "MAX_ITEM_BYTES",
    "MAX_PARTITION_KEY_BYTES",
    "MAX_SORT_KEY_BYTES",
    "AttributeValue",
    "UnjsonType",
    "attribute_size",
    "canonical",
    "check_text",
    "format_timestamp",
    "from_json",
    "is_e164",
    "instant_of",
    "looks_stored",
    "is_email",
    "is_normal_email",
    "is_normal_ulid",
    "item_from_json",
    "item_size",
    "item_to_json",
    "known_region",
    "new_ulid",
    "normalise_email",
    "normalise_phone",
    "normalise_timestamp",
    "now",
    "pad",
    "parse_timestamp",
    "parse_ulid",
    "to_decimal",
    "to_json",
    "typed_from_json",
    "ulid_time",
    "utf8",
    "utf8_length",
]
