"""Encryption of cursors: Fernet of the `cryptography` library, with keys that can rotate.

Fernet (https://github.com/fernet/spec) is AES-128-CBC with an HMAC-SHA256 over the whole token, so
that a token that was changed is refused before anything of it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kxmodel.errors import BindError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

#: One key, or several: the first encrypts, all decrypt. Each as `Fernet.generate_key()` makes it.
CursorKey = str | bytes | Sequence[str | bytes]


class Seal:
    """Closes and opens the payload of a cursor."""

    def __init__(self, keys: CursorKey) -> None:
        """Raises BindError: KX433 without `cryptography`, KX432 for what is no Fernet key."""
        if not isinstance(keys, str | bytes | Sequence):
            raise BindError(f"cursor_key is {type(keys).__name__}", code="KX432")
        self._fernet = _fernet([keys] if isinstance(keys, str | bytes) else list(keys))

    def close(self, payload: bytes) -> str:
        """`payload`, encrypted under the first key, as URL-safe text."""
        return self._fernet.encrypt(payload).decode("ascii")

    def open(self, token: str) -> bytes | None:
        """What `close` was given, or None if no key opens the token."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.decrypt(token.encode("utf-8", "replace"))
        except InvalidToken:
            return None


def _fernet(keys: list[str | bytes]) -> MultiFernet:
    try:
        from cryptography.fernet import Fernet, MultiFernet
    except ImportError:
        raise BindError(
            "bind(cursor_key=...) needs the library cryptography, which is not installed",
            code="KX433",
        ) from None
    if not keys:
        raise BindError("cursor_key is an empty list of keys", code="KX432")
    ciphers = []
    for position, key in enumerate(keys, start=1):
        try:
            ciphers.append(Fernet(key))
        except (ValueError, TypeError):
            # The key itself is a secret and stays out of the message.
            raise BindError(
                f"key {position} of {len(keys)} in cursor_key is no Fernet key", code="KX432"
            ) from None
    return MultiFernet(ciphers)
