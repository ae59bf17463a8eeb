"""E-mail addresses in one spelling, fit to be a key.

What is taken is the part of RFC 5321 and RFC 5322 that is in use: a dot-atom, ``@`` and a domain
name of at least two labels, with letters beyond ASCII as RFC 6531 adds them. Quoted local parts,
comments, display names and address literals are refused. ``#`` is legal in a local part (RFC 5322,
section 3.2.3) and taken here; a key template that uses it as a delimiter refuses it there.
"""

from __future__ import annotations

import re
from functools import cache

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.values.text import utf8_length

#: RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.3 (a path of 256 octets has two angle brackets), and
#: RFC 1035, section 2.3.4, all in octets.
MAX_LOCAL_BYTES = 64
MAX_ADDRESS_BYTES = 254
MAX_LABEL_BYTES = 63

# Text, not compiled: `re` keeps what is used, and importing costs nothing.
_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
#: What most addresses look like, short enough that no part of one can be too long.
_USUAL = r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+[a-z]{2,}"
_USUAL_BYTES = 64


def normalise_email(text: str) -> str:
    """`text` in lower case (`str.lower`) and in Unicode's NFC, without white space around it.

    The local part is lower-cased as well: RFC 5321 lets a mail server tell cases apart, but none in
    use does, and ``email_lc`` is what the tables are keyed by.

    Raises ValueRefused (KX313) with the reason.
    """
    if not isinstance(text, str):
        raise ValueRefused(f"an e-mail address is text, not {type(text).__name__}", code="KX313")
    if is_normal_email(text):
        return str.__str__(text)  # of an enumeration's member: its text, as lower() gives it
    # Lower-casing can undo NFC (a capital with a dot becomes two characters), hence twice.
    address = text.strip()
    if not address.isascii():
        address = _composed(address)
    address = address.lower()
    if not address.isascii():
        utf8_length(address)
        address = _composed(address)
    fault = _fault(address)
    if fault:
        raise ValueRefused(f"{shorten(text)} is not an e-mail address: {fault}", code="KX313")
    return address


def is_normal_email(text: str) -> bool:
    """Whether `normalise_email` gives back `text` itself, told at once of what most addresses are.

    False says nothing.
    """
    return len(text) <= _USUAL_BYTES and _usual().fullmatch(text) is not None


@cache
def _usual() -> re.Pattern[str]:
    """Compiled once asked for, and quicker to find than in the cache of `re`."""
    return re.compile(_USUAL)


def is_email(text: str) -> bool:
    """Whether `normalise_email` takes `text`."""
    try:
        normalise_email(text)
    except ValueRefused:
        return False
    return True


def _fault(address: str) -> str | None:
    """What is wrong with a lower-case address, or None."""
    local, at, domain = address.rpartition("@")
    if not at:
        return "it has no @"
    if not local:
        return "nothing stands before the @"
    if utf8_length(local) > MAX_LOCAL_BYTES:
        return f"what stands before the @ is over {MAX_LOCAL_BYTES} bytes"
    if utf8_length(address) > MAX_ADDRESS_BYTES:
        return f"it is over {MAX_ADDRESS_BYTES} bytes"
    for atom in local.split("."):
        if not atom:
            return "a dot stands first, last or twice before the @"
        if not re.fullmatch(_ATOM, _as_ascii(atom)):
            return f"{_first_bad(atom, _ATOM)!r} cannot stand before the @"
    labels = domain.split(".")
    if len(labels) < 2:
        return "the domain has no dot"
    for label in labels:
        if not re.fullmatch(_LABEL, _as_ascii(label)):
            return f"{shorten(label)} is no part of a domain name"
        if utf8_length(label) > MAX_LABEL_BYTES:
            return f"a part of the domain name is over {MAX_LABEL_BYTES} bytes"
    if labels[-1].isdigit():
        return "it ends in a number instead of a top-level domain"
    return None


def _composed(text: str) -> str:
    """`text` in Unicode's form NFC."""
    import unicodedata

    return unicodedata.normalize("NFC", text)


def _as_ascii(text: str) -> str:
    """`text` with every letter, mark and digit beyond ASCII replaced by one ASCII letter."""
    if text.isascii():
        return text
    # A library of its own, which few addresses need.
    import unicodedata

    return "".join(
        "x" if not c.isascii() and unicodedata.category(c)[0] in "LMN" else c for c in text
    )


def _first_bad(text: str, allowed: str) -> str:
    return next(c for c in text if not re.fullmatch(allowed, _as_ascii(c)))
