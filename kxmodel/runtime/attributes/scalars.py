"""Numbers, times, booleans, binary and null."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pynamodb import attributes as pynamodb

from kxmodel.errors import ValueRefused
from kxmodel.runtime.attributes import generic
from kxmodel.runtime.attributes.base import KxAttribute
from kxmodel.values import (
    canonical,
    instant_of,
    looks_stored,
    normalise_timestamp,
    parse_timestamp,
    to_decimal,
)

if TYPE_CHECKING:
    from kxmodel.values import AttributeValue


class _NumberBase(KxAttribute[Any], pynamodb.NumberAttribute):
    def encode(self, value: object) -> AttributeValue:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return {"N": canonical(to_decimal(value))}
        return super().encode(value)


class IntegerAttribute(_NumberBase):
    """An int. A stored number with a fraction reads as what it is."""


class FloatAttribute(_NumberBase):
    """A float. Digits that a float cannot hold are written back as they were read."""

    def normalise(self, value: object) -> object:
        if not isinstance(value, int) or isinstance(value, bool):
            return value
        try:
            return float(value) if int(float(value)) == value else value
        except OverflowError:
            return value

    def decode(self, stored: AttributeValue) -> object:
        return float(stored["N"]) if "N" in stored else super().decode(stored)


class DecimalAttribute(_NumberBase):
    """A Decimal with up to 38 significant digits."""

    def normalise(self, value: object) -> object:
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            return to_decimal(value)
        return value

    def decode(self, stored: AttributeValue) -> object:
        return Decimal(stored["N"]) if "N" in stored else super().decode(stored)

    def from_json(self, value: object) -> object:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return to_decimal(value) if number else value  # type: ignore[arg-type]  # a number


class VersionAttribute(KxAttribute[Any], pynamodb.VersionAttribute):
    """A number that every write counts up and conditions on (optimistic locking)."""

    null = True

    def __set__(self, instance: Any, value: Any) -> None:
        # PynamoDB casts whatever is assigned; what is no whole number is judged when it is written.
        whole = isinstance(value, float) and value.is_integer()
        pynamodb.Attribute.__set__(self, instance, int(value) if whole else value)

    def encode(self, value: object) -> AttributeValue:
        return generic.encode(value)


class BooleanAttribute(KxAttribute[Any], pynamodb.BooleanAttribute):
    """True or False."""


class NullAttribute(KxAttribute[Any], pynamodb.NullAttribute):
    """An attribute whose only value is NULL: written as True, as in PynamoDB, and read as None."""

    def encode(self, value: object) -> AttributeValue:
        return {"NULL": True} if value is True else generic.encode(value)

    def serialize(self, value: Any) -> Any:
        """PynamoDB's: whatever the value, what is sent is NULL."""
        return True


class BinaryAttribute(KxAttribute[Any], pynamodb.BinaryAttribute):
    """Bytes. In plain JSON: base64 text (RFC 4648)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        KxAttribute.__init__(self, *args, **kwargs)
        self.legacy_encoding = False

    def encode(self, value: object) -> AttributeValue:
        return generic.encode(value)

    def from_json(self, value: object) -> object:
        return from_base64(value) if isinstance(value, str) else value


class TimestampAttribute(KxAttribute[Any], pynamodb.Attribute[Any]):
    """An instant: an aware datetime, stored as ISO 8601 in UTC with milliseconds and ``Z``.

    generate: ``"created"`` (now, when the item is made) or ``"updated"`` (now, on every write).
    """

    attr_type = "S"

    def normalise(self, value: object) -> object:
        if isinstance(value, str | datetime):
            return instant_of(value)
        raise ValueRefused(f"a timestamp is a datetime or text, not {type(value).__name__}")

    def encode(self, value: object) -> AttributeValue:
        return (
            {"S": normalise_timestamp(value)}
            if isinstance(value, datetime)
            else super().encode(value)
        )

    def from_json(self, value: object) -> object:
        """The instant that a text in the stored form means; what is another is judged when written."""
        if isinstance(value, str) and looks_stored(value):
            return self.decode({"S": value})
        return value

    def decode(self, stored: AttributeValue) -> object:
        try:
            return parse_timestamp(stored["S"])
        except (KeyError, ValueError):
            return super().decode(stored)


class TTLAttribute(KxAttribute[Any], pynamodb.TTLAttribute):
    """When DynamoDB may delete the item: an aware datetime, stored as seconds since the epoch.

    A timedelta counts from now. What is no time is judged when it is written.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html
    """

    def normalise(self, value: object) -> object:
        try:
            if isinstance(value, timedelta):
                value = datetime.now(UTC) + value
            if isinstance(value, str | datetime):
                return instant_of(value).replace(microsecond=0)
            if isinstance(value, int) and not isinstance(value, bool):
                return datetime.fromtimestamp(value, UTC)
        except ValueRefused:
            raise
        except (ValueError, OverflowError, OSError):
            raise ValueRefused("a time to live is within the years 1 to 9999") from None
        told = f"not {type(value).__name__}"
        raise ValueRefused(f"a time to live is a datetime, a timedelta or whole seconds, {told}")

    def _normalize(self, value: Any) -> Any:
        """What PynamoDB does on assignment."""
        try:
            return self.normalise(value)
        except ValueRefused:
            return value

    def encode(self, value: object) -> AttributeValue:
        if isinstance(value, datetime):
            return {"N": str(int(value.timestamp()))}
        return generic.encode(value)

    def decode(self, stored: AttributeValue) -> object:
        try:
            return datetime.fromtimestamp(int(stored["N"]), UTC)
        except (KeyError, ValueError, OverflowError, OSError):
            return generic.decode(stored)


def from_base64(text: str) -> bytes:
    """The bytes that base64 text stands for. Raises ValueRefused."""
    import base64
    import binascii

    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueRefused(f"not base64 (RFC 4648): {error}") from None
