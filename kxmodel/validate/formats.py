"""What each `format` means, as one table of functions that every validator here is given.

A stored value is in its normal form, so ``ulid``, ``e164`` and ``date-time`` take that form alone.
A format that is not in the table is an annotation and refuses nothing.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.values import (
    is_e164,
    is_email,
    normalise_email,
    normalise_timestamp,
    parse_ulid,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Text, not compiled: `re` keeps what is used, and importing costs nothing.
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_STORED = rf"{_DATE}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){{2}}\.[0-9]{{3}}Z"
_TIME = (
    r"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9]|60)(?:\.[0-9]+)?"
    r"(?:[Zz]|(?P<sign>[+-])(?P<hours>[01][0-9]|2[0-3]):(?P<minutes>[0-5][0-9]))"
)
_UUID = r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_TIMEZONE = r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}"
_PCHAR = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_URI = (
    r"[A-Za-z][A-Za-z0-9+.-]*:"
    r"(?://(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?"
    r"(?:\[(?P<address>[0-9A-Fa-f:.]+|v[0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+)\]"
    r"|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)"
    rf"(?::[0-9]*)?(?:/{_PCHAR}*)*"
    rf"|/(?:{_PCHAR}+(?:/{_PCHAR}*)*)?|{_PCHAR}+(?:/{_PCHAR}*)*|)"
    rf"(?:\?(?:{_PCHAR}|[/?])*)?(?:#(?:{_PCHAR}|[/?])*)?"
)
_MAX_HOSTNAME = 253


def is_ulid(text: str) -> bool:
    """A ULID in upper case (https://github.com/ulid/spec)."""
    try:
        return parse_ulid(text) == text
    except ValueRefused:
        return False


def is_address(text: str) -> bool:
    """An e-mail address as `kxmodel.values.is_email` takes it, with no white space around it."""
    return text == text.strip() and is_email(text)


def is_timestamp(text: str) -> bool:
    """A timestamp as it is stored: ISO 8601 in UTC with milliseconds and ``Z``, of a day that exists."""
    if not re.fullmatch(_STORED, text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_lowercase(text: str) -> bool:
    """Text that `str.lower` leaves as it is."""
    return text == text.lower()


def is_date(text: str) -> bool:
    """A day that exists, as ``2024-01-15`` (RFC 3339, full-date)."""
    if not re.fullmatch(_DATE, text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_time(text: str) -> bool:
    """A time of day with an offset, as ``10:30:00Z`` (RFC 3339, full-time).

    A leap second is taken where it can be one: in the last minute of a day in UTC.
    """
    shape = re.fullmatch(_TIME, text)
    if shape is None or shape["second"] != "60":
        return shape is not None
    minutes = int(shape["hour"]) * 60 + int(shape["minute"])
    if shape["sign"]:
        offset = int(shape["hours"]) * 60 + int(shape["minutes"])
        minutes -= offset if shape["sign"] == "+" else -offset
    return minutes % (24 * 60) == 24 * 60 - 1


def is_uuid(text: str) -> bool:
    """A UUID as 8-4-4-4-12 hexadecimal digits (RFC 9562), in either case."""
    return re.fullmatch(_UUID, text) is not None


def is_uri(text: str) -> bool:
    """A URI with a scheme (RFC 3986, appendix A)."""
    shape = re.fullmatch(_URI, text)
    if shape is None:
        return False
    address = shape["address"]
    return address is None or address[0] in "vV" or is_ipv6(address)


def is_ipv4(text: str) -> bool:
    """An IPv4 address as four decimal numbers (RFC 2673, section 3.2)."""
    from ipaddress import AddressValueError, IPv4Address

    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True


def is_ipv6(text: str) -> bool:
    """An IPv6 address (RFC 4291, section 2.2), without a zone."""
    from ipaddress import AddressValueError, IPv6Address

    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return "%" not in text


def is_hostname(text: str) -> bool:
    """A host name of ASCII labels (RFC 1123, section 2.1): at most 253 characters, labels at most 63."""
    return len(text) <= _MAX_HOSTNAME and all(
        re.fullmatch(_LABEL, label) for label in text.split(".")
    )


def is_timezone(text: str) -> bool:
    """The shape of a name in the IANA time zone database, as ``America/New_York`` or ``UTC``.

    Whether the zone exists is not judged: each machine has its own edition of the database.
    """
    return re.fullmatch(_TIMEZONE, text) is not None


#: Format name -> whether a text is one.
FORMATS: Mapping[str, Callable[[str], bool]] = {
    "ulid": is_ulid,
    "email": is_address,
    "e164": is_e164,
    "date-time": is_timestamp,
    "lowercase": is_lowercase,
    "date": is_date,
    "time": is_time,
    "uuid": is_uuid,
    "uri": is_uri,
    "ipv4": is_ipv4,
    "ipv6": is_ipv6,
    "hostname": is_hostname,
    "timezone": is_timezone,
}

#: Formats whose values have one stored form -> what makes it of another spelling.
_NORMALISE: Mapping[str, Callable[[str], str]] = {
    "ulid": parse_ulid,
    "email": normalise_email,
    "date-time": normalise_timestamp,
}

#: Format name -> what a value has to be, for "is not ...".
FORMAT_WORDS: Mapping[str, str] = {
    "ulid": "a ULID",
    "email": "an e-mail address",
    "e164": "a phone number in E.164, like +19545550123",
    "date-time": "a timestamp in UTC with milliseconds and Z, like 2024-01-15T10:30:00.000Z",
    "lowercase": "in lower case",
    "date": "a date, like 2024-01-15",
    "time": "a time with an offset, like 10:30:00Z",
    "uuid": "a UUID",
    "uri": "a URI with a scheme, like https://example.com/",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
    "hostname": "a host name",
    "timezone": "the name of a time zone, like America/New_York",
}


def refusal(name: str, text: str) -> str:
    """One sentence on a text that is not of the format: ``is not ...``, with the reason if known."""
    normalise = _NORMALISE.get(name)
    words = FORMAT_WORDS.get(name, f"of the format {name}")
    if normalise is None:
        return f"is not {words}"
    try:
        stored = normalise(text)
    except ValueRefused as error:
        reason = error.message.removeprefix(f"{shorten(text)} ")
        return reason if reason.startswith("is not ") else f"is not {words}: it {reason}"
    return f"is not {words}; it is written {stored}"
