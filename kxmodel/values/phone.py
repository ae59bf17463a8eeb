"""Telephone numbers in E.164: one number, one text, one key.

The numbering plans come from `phonenumbers`, which is imported on first use because its metadata is
large.
"""

from __future__ import annotations

import re

from kxmodel.errors import ValueRefused
from kxmodel.errors.base import shorten

#: ITU-T E.164, section 6.2.1: at most 15 digits, the first of them not 0; `normalise_phone` and
#: the JSON Schema format both ask for at least 7.
# Text, not compiled: `re` keeps what is used, and importing costs nothing.
_E164 = r"\+[1-9][0-9]{6,14}"

# A plus sign, digits of any script, and the brackets, dashes, dots and slashes of written numbers, of
# which East Asian text has its own. Letters stay out: `phonenumbers` would dial them.
_WRITTEN = "(?P<plus>[+\uff0b])?[\\d\\s()\\[\\]./~\\-\u2010-\u2015\u2212\uff08\uff09]+"
_EXTENSION = r"(?i:;ext=|;isub=|ext(?:ension)?[.:]?|x|[#,;])\s*\d+$"
_MAX_WRITTEN = 100


def is_e164(text: object) -> bool:
    """Whether `text` is written in E.164: ``+`` and 7 to 15 ASCII digits, the first not 0."""
    return isinstance(text, str) and re.fullmatch(_E164, text) is not None


def known_region(region: str) -> bool:
    """Whether `region` is a region code that a national number can be read in, e.g. ``"US"``."""
    import phonenumbers

    return region in phonenumbers.SUPPORTED_REGIONS


def normalise_phone(text: str, region: str | None = None) -> str:
    """`text` in E.164.

    region: the ISO 3166-1 code (``"US"``) in which a number without country code is read.

    A number with a country code needs a country code that exists and no more digits than its
    numbering plan has. Fewer are taken: the plans change, and tables hold test numbers such as
    ``+1234567890``. A national number must be possible in its region, since nothing else says what
    its digits mean.

    Raises ValueRefused (KX314) with the reason, and for a number with an extension, which E.164
    cannot express.
    """
    import phonenumbers

    if not isinstance(text, str):
        raise ValueRefused(f"a phone number is text, not {type(text).__name__}", code="KX314")
    if region is not None and not known_region(region):
        raise ValueRefused(
            f"{shorten(region)} is no region with telephone numbers",
            code="KX314",
            fix="Give the region as two capital letters (ISO 3166-1), e.g. US.",
        )
    written = text.strip()
    if written[:4].lower() == "tel:":  # RFC 3966
        written = written[4:]
    if len(written) > _MAX_WRITTEN:
        raise _refused(text, f"it is over {_MAX_WRITTEN} characters")
    if re.search(_EXTENSION, written):
        raise _refused(text, "it has an extension", fix="Store the extension in its own attribute.")
    shape = re.fullmatch(_WRITTEN, written)
    if shape is None:
        raise _refused(text, "it has characters that are not part of a number")
    international = shape["plus"] is not None
    try:
        number = phonenumbers.parse(written, None if international else region)
    except phonenumbers.NumberParseException as error:
        if region is None and not international:
            raise _refused(
                text,
                "it has no country code",
                fix="Write it with + and the country code, or declare a default region.",
            ) from None
        raise _refused(text, str(error).partition(") ")[2].rstrip(".").lower()) from None
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        raise _refused(text, "it has more digits than its numbering plan")
    if not international and reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise _refused(text, f"no number in {region} has this length")
    result = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    if not is_e164(result):
        raise _refused(text, f"{result} is not 7 to 15 digits")
    # Of several leading zeros each reading takes one off, and so would give another key.
    if result != written and normalise_phone(result) != result:
        raise _refused(text, f"{result} begins with zeros that its numbering plan does not have")
    return result


def _refused(text: str, reason: str, fix: str | None = None) -> ValueRefused:
    return ValueRefused(f"{shorten(text)} is not a phone number: {reason}", code="KX314", fix=fix)
