"""Attributes stored as text: plain, keys, e-mail addresses, phone numbers, ULIDs."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from pynamodb.attributes import UnicodeAttribute

from kxmodel.errors import ValueRefused
from kxmodel.runtime.attributes.base import KxAttribute
from kxmodel.values import is_e164, normalise_email, normalise_phone, parse_ulid

if TYPE_CHECKING:
    from kxmodel.values import AttributeValue


class TextAttribute(KxAttribute[Any], UnicodeAttribute):
    """Text. ``lower=True`` lower-cases every new value."""

    def __init__(self, *args: Any, lower: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lower = lower

    def normalise(self, value: object) -> object:
        if isinstance(value, Enum):
            value = value.value
        return value.lower() if self.lower and isinstance(value, str) else value

    def encode(self, value: object) -> AttributeValue:
        return {"S": str.__str__(value)} if isinstance(value, str) else super().encode(value)


class KeyAttribute(TextAttribute):
    """A key attribute that a template gives; see `kxmodel.keys`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, derived=kwargs.pop("derived", True), **kwargs)


class EmailAttribute(TextAttribute):
    """A lower-case e-mail address."""

    def normalise(self, value: object) -> object:
        return normalise_email(_text(value, "an e-mail address"))


class PhoneAttribute(TextAttribute):
    """A phone number in E.164. region: of numbers in national form, ISO 3166, e.g. ``"US"``."""

    def __init__(self, *args: Any, region: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region

    def normalise(self, value: object) -> object:
        text = _text(value, "a phone number")
        return normalise_phone(text, self.region)

    def serialize(self, value: Any) -> Any:
        """A canonical number passes without loading the tables of all countries' numbers."""
        return value if isinstance(value, str) and is_e164(value) else super().serialize(value)


class UlidAttribute(TextAttribute):
    """A ULID: 26 characters of Crockford's base 32, ordered by the time of making.

    generate: made by kxmodel when the caller gives none. time: the stored name of the timestamp
    that holds the time inside it; given one, the other is derived.
    """

    def __init__(self, *args: Any, time: str | None = None, **kwargs: Any) -> None:
        kwargs["generate"] = "ulid" if kwargs.get("generate") else None
        super().__init__(*args, **kwargs)
        self.time = time

    def normalise(self, value: object) -> object:
        # python-ulid's own class is taken by its text, so that the library need not be imported.
        return parse_ulid(value if isinstance(value, str) else str(value))


def _text(value: object, what: str) -> str:
    if isinstance(value, str):
        return value
    raise ValueRefused(f"{what} is text, not {type(value).__name__}")
