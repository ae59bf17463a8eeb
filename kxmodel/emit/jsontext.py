"""JSON for other tools: readable, and the same on every machine. Pure."""

from __future__ import annotations

import json
import re
from typing import Final

from kxmodel.errors import ExportError
from kxmodel.values.shown import INVISIBLE, printable

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def dump(value: object, name: str) -> str:
    """`value` as JSON, indented by two, a line end behind it.

    Characters stand as themselves, since some tools misread pairs of escapes; those of the basic plane
    that cannot be seen are escaped. Raises ExportError KX703 for half a surrogate pair, which no UTF-8
    file can hold. name: the file, for the message.
    """
    text = json.dumps(value, indent=2, ensure_ascii=False)
    if found := _SURROGATE.search(text):
        raise ExportError(
            f"{name} would hold {printable(found[0])}, half a surrogate pair", code="KX703"
        )
    return INVISIBLE.sub(_escape, text) + "\n"


def _escape(found: re.Match[str]) -> str:
    # json escapes control characters in texts itself; what is left of them is the layout.
    return found[0] if found[0] < "\x7f" or found[0] > "\uffff" else f"\\u{ord(found[0]):04x}"
