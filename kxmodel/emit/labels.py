"""What a table and its parts are called inside another tool's file."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from kxmodel.errors import ExportError
from kxmodel.values.shown import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kxmodel.ir import Table

#: "Naming rules": 3 to 255 of these characters, for tables and indexes
#: (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html).
_NAME: Final = re.compile(r"[a-zA-Z0-9_.-]{3,255}")
_WORD: Final = re.compile(r"[a-zA-Z0-9]+")
_SHOWN: Final = 60


def camel(name: str) -> str:
    """``by-size`` -> ``BySize``: letters and digits only, as CloudFormation's logical ids are."""
    return "".join(word[0].upper() + word[1:] for word in _WORD.findall(name)) or "X"


def snake(name: str) -> str:
    """``By-size`` -> ``by_size``: a letter, then lower-case letters, digits and ``_``."""
    text = "_".join(_WORD.findall(name)).lower()
    return text if text[:1].isalpha() else f"t_{text}".rstrip("_")


def labels(names: Iterable[str], label: Callable[[str], str]) -> dict[str, str]:
    """Each name's label. Names that would share one get a piece of their own hash behind it.

    So a label depends on the names that it could be taken for, and on no order.
    """
    each = {name: label(name) for name in names}
    shared = [text for text in each.values() if list(each.values()).count(text) > 1]
    return {
        name: label(f"{text}-{_digest(name)}") if text in shared else text
        for name, text in each.items()
    }


def check_names(table: Table) -> None:
    """Raise ExportError KX703 for a table or an index whose name DynamoDB refuses."""
    for kind, name in (("table", table.name), *(("index", i.name) for i in table.indexes)):
        if not _NAME.fullmatch(name):
            raise ExportError(
                f"{printable(name)[:_SHOWN]!r} cannot be the name of {kind}s in DynamoDB",
                code="KX703",
                fix="Use 3 to 255 letters and digits of ASCII, and _ . - in it.",
            )


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:8]
