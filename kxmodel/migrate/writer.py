"""A migration as a Python file that a person would write."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kxmodel.migrate.migration import Migration
from kxmodel.migrate.operations import LocalIndex
from kxmodel.migrate.operations.functions import written_source
from kxmodel.migrate.source import WIDTH, Code, Group, lines, literal, named, quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.migrate.operations import Operation

_MIGRATION: Final = "from kxmodel.migrate import Migration"
#: Arguments that name key attributes.
_KEYS: Final = ("hash", "range")
_OPERATIONS: Final = "from kxmodel.migrate import operations as op"


def write(migration: Migration) -> str:
    """The text of the migration's file, as ruff formats it.

    Functions of its operations are taken over as they were written.
    Raises OperationError KX606 for a function whose source is not known.
    """
    imports, definitions = _functions(migration)
    first = [_MIGRATION, *([_OPERATIONS] if migration.operations else []), *imports]
    numbers = ["from decimal import Decimal"] if _holds_decimal(migration) else []
    parts = [
        "\n".join(_docstring(migration.description or migration.revision.replace("_", " "))),
        *numbers,
        "\n".join(dict.fromkeys(sorted(first))),
    ]
    body = [*definitions, "\n".join(lines(_migration(migration)))]
    around = "\n\n\n" if definitions else "\n\n"
    return "\n\n".join(parts) + around + "\n\n\n".join(body) + "\n"


def operation_code(operation: Operation) -> Code:
    """``op.CreateIndex("messages", "GSI2", hash="GSI2PK")``."""
    arguments = operation.arguments()
    codes = [(n, _key(v) if n in _KEYS else _value(v)) for n, v in arguments.items()]
    parts = [
        code if number < operation.positional else named(name, code)
        for number, (name, code) in enumerate(codes)
    ]
    return Group(f"op.{type(operation).__name__}(", tuple(parts), ")")


def _migration(migration: Migration) -> Code:
    parts: list[Code] = [named("revision", quote(migration.revision))]
    if migration.follows is not None:
        follows = migration.follows
        code = quote(follows) if isinstance(follows, str) else literal(list(follows))
        parts.append(named("follows", code))
    operations = tuple(operation_code(each) for each in migration.operations)
    parts.append(Group("operations=[", operations, "]", tall=bool(operations)))
    return Group("migration = Migration(", tuple(parts), ")", tall=True)


def _value(value: Any) -> Code:
    if isinstance(value, LocalIndex):
        return _local(value)
    if callable(value):
        return str(value.__name__)
    if isinstance(value, tuple) and value and isinstance(value[0], LocalIndex):
        return Group("[", tuple(map(_local, value)), "]")
    if isinstance(value, tuple):
        return literal(list(value))
    return literal(value)


def _key(value: Any) -> Code:
    """A key of several attributes is a list, where one of type S is written as its name."""
    if isinstance(value, tuple) and isinstance(value[0], tuple):
        return literal([name if kind == "S" else (name, kind) for name, kind in value])
    return literal(value)


def _local(index: LocalIndex) -> Code:
    arguments = [literal(index.name), named("range", _key(index.range))]
    if index.projection != "ALL":
        arguments.append(named("projection", _value(index.projection)))
    return Group("op.LocalIndex(", tuple(arguments), ")")


def _functions(migration: Migration) -> tuple[list[str], list[str]]:
    """The imports and the definitions that the operations' functions need, each once."""
    found: dict[str, None] = {}
    for operation in migration.operations:
        for value in operation.arguments().values():
            if callable(value):
                function: Callable[..., object] = value
                found |= dict.fromkeys(written_source(function))
    imports = [text for text in found if re.match(r"(from|import)\s", text)]
    return imports, [text for text in found if text not in imports]


def _holds_decimal(value: object) -> bool:
    """Whether a number stands in the operations that only a Decimal can hold."""
    if isinstance(value, Migration):
        return any(_holds_decimal(each.arguments()) for each in value.operations)
    if isinstance(value, Mapping):
        return any(map(_holds_decimal, value.values()))
    return isinstance(value, Decimal) or (
        isinstance(value, list | tuple) and any(map(_holds_decimal, value))
    )


def _docstring(text: str) -> list[str]:
    """One line where it fits; ASCII, and without what would end it."""
    shown = re.sub(r"[^\n -~]", _escape, text.replace("\r\n", "\n").replace("\\", "\\\\"))
    safe = re.sub(r'"""|^"|"$', lambda found: "'" * len(found[0]), shown.strip())
    paragraphs = [
        textwrap.wrap(" ".join(block.split()), WIDTH - 3 if number == 0 else WIDTH)
        for number, block in enumerate(re.split(r"\n\s*\n", safe))
    ]
    flat = [line for block in paragraphs for line in (*block, "")][:-1] or ["A migration."]
    if len(flat) == 1 and len(flat[0]) <= WIDTH - 6:
        return [f'"""{flat[0]}"""']
    return [f'"""{flat[0]}', *flat[1:], '"""']


def _escape(found: re.Match[str]) -> str:
    """The escape of a character, as text: no docstring steers a terminal."""
    return " " if found[0] == "\t" else ascii(found[0])[1:-1].replace("\\", "\\\\")
