"""Values of a schema as literals: never code, and nothing in them that a reader cannot see."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from decimal import Decimal
from typing import TYPE_CHECKING

from kxmodel.docs.jsonlines import json_line
from kxmodel.values.shown import INVISIBLE, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.values import AttributeValue

#: The greatest integer up to which a double holds each (Number.MAX_SAFE_INTEGER).
_MAX_SAFE = 2**53 - 1
_PLAIN_ARGUMENT = re.compile(r"[A-Za-z0-9_./:=@%+-]+")


def python_text(text: str) -> str:
    """A string literal of Python in double quotes."""
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{INVISIBLE.sub(lambda found: escape(found[0]), body)}"'


def python_value(value: object, kind: str = "text") -> str:
    """A scalar as Python has it. kind: the attribute's; exact numbers are a Decimal."""
    if isinstance(value, str):
        return python_text(value)
    if kind == "decimal" and isinstance(value, int | float) and not isinstance(value, bool):
        return f"Decimal({python_text(str(value))})"
    return repr(value)


def boto3_value(value: AttributeValue) -> str:
    """A value as boto3's resources take it, which have no float."""
    match value:
        case {"N": number}:
            return number if _is_integer(number) else f"Decimal({python_text(number)})"
        case {"BOOL": flag}:
            return repr(flag)
        case {"B": data}:
            return repr(bytes(data))
        case _:
            return python_text(str(value["S"]))


def typescript_value(value: AttributeValue) -> str:
    """A value as the DocumentClient takes it. A number that no double holds keeps its digits."""
    match value:
        case {"N": number}:
            if _is_integer(number) and abs(int(number)) <= _MAX_SAFE:
                return number
            if not _is_integer(number) and Decimal(repr(float(number))) == Decimal(number):
                return number
            return f"NumberValue.from({script_text(number)})"
        case {"BOOL": flag}:
            return json.dumps(flag)
        case {"B": data}:
            encoded = b64encode(bytes(data)).decode("ascii")
            return f'Buffer.from({script_text(encoded)}, "base64")'
        case _:
            return script_text(str(value["S"]))


def script_text(text: str) -> str:
    """A string literal of JavaScript; what it holds, JSON reads the same."""
    return json_line(text)


def shell_argument(text: str) -> str:
    """A word of a POSIX shell's command
    (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02)."""
    if _PLAIN_ARGUMENT.fullmatch(text):
        return text
    return "'" + text.replace("'", "'\\''") + "'"


def entries(names: Mapping[str, str]) -> list[str]:
    """``key: value`` for an object literal of JavaScript. names: key -> literal."""
    return [f"{script_text(key)}: {literal}" for key, literal in names.items()]


def _is_integer(number: str) -> bool:
    return number.lstrip("-").isdigit()
