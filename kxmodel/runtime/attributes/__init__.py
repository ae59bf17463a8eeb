"""The attribute classes of generated models: PynamoDB's, with this field's values."""

from kxmodel.runtime.attributes.base import KxAttribute, WriteContext
from kxmodel.runtime.attributes.codecs import NO_EXTRA, codec_of, undeclared
from kxmodel.runtime.attributes.collections import (
    AnyAttribute,
    BinarySetAttribute,
    DictAttribute,
    ListAttribute,
    NumberSetAttribute,
    TextSetAttribute,
)
from kxmodel.runtime.attributes.maps import Map
from kxmodel.runtime.attributes.members import (
    decode_changed,
    decode_members,
    member_of,
    write_members,
)
from kxmodel.runtime.attributes.scalars import (
    BinaryAttribute,
    BooleanAttribute,
    DecimalAttribute,
    FloatAttribute,
    IntegerAttribute,
    NullAttribute,
    TimestampAttribute,
    TTLAttribute,
    VersionAttribute,
)
from kxmodel.runtime.attributes.text import (
    EmailAttribute,
    KeyAttribute,
    PhoneAttribute,
    TextAttribute,
    UlidAttribute,
)

__all__ = [
    "NO_EXTRA",
    "AnyAttribute",
    "BinaryAttribute",
    "BinarySetAttribute",
    "BooleanAttribute",
    "DecimalAttribute",
    "DictAttribute",
    "EmailAttribute",
    "FloatAttribute",
    "IntegerAttribute",
    "KeyAttribute",
    "KxAttribute",
    "ListAttribute",
    "Map",
    "NullAttribute",
    "NumberSetAttribute",
    "PhoneAttribute",
    "TTLAttribute",
    "TextAttribute",
    "TextSetAttribute",
    "TimestampAttribute",
    "UlidAttribute",
    "VersionAttribute",
    "WriteContext",
    "codec_of",
    "decode_changed",
    "decode_members",
    "member_of",
    "undeclared",
    "write_members",
]
