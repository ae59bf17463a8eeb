"""Text as DynamoDB stores it: UTF-8."""

from __future__ import annotations

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten


def utf8(text: str) -> bytes:
    """`text` in UTF-8.

    Raises ValueRefused (KX316) where `text` holds a lone surrogate, which has no UTF-8 form
    (RFC 3629, section 3). Such text comes from JSON like ``"\\ud800"`` or a file name.
    """
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueRefused(
            f"{shorten(text)} has half of a surrogate pair at character {error.start + 1} "
            "and no UTF-8 form",
            code="KX316",
        ) from None


def utf8_length(text: str) -> int:
    """The number of bytes of `text` in UTF-8. Raises as `utf8` does."""
    return len(text) if text.isascii() else len(utf8(text))


def check_text(text: str) -> str:
    """`text` itself. Raises as `utf8` does."""
    if not text.isascii():
        utf8(text)
    return text
