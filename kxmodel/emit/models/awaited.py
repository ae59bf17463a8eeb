"""What ``aio`` offers to type checkers: `find` and the access patterns, to be awaited.

At run time `kxmodel.runtime.aio.Aio` finds them by their names; these classes exist for type
checkers alone, which cannot derive one signature from another and keep the class it is called on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.emit.models.layout import INDENT, Group, statement
from kxmodel.emit.models.quote import docstring, quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.emit.models.methods import Methods
    from kxmodel.emit.models.names import Scope
    from kxmodel.ir import AccessPattern

_INDENT: Final = 2 * INDENT


def class_lines(name: str, methods: Methods, patterns: Sequence[AccessPattern]) -> list[str]:
    """The class called `name`. methods: those of the entity, in the scope of this class's body."""
    scope, outer = methods.scope, methods.outer
    scope("TYPE_CHECKING", run=True)
    entity = methods.entity.name
    made = [
        "if TYPE_CHECKING:",
        "",
        *statement(f"class {name}({outer('Aio')}[{outer('ModelT')}]):", INDENT),
        *docstring(f"`{entity}.aio`: what of `{entity}` can be awaited.", _INDENT),
        "",
        *_stub(
            "def __get__",
            (f"instance: {scope('object')}", f"owner: {scope('type')}[{scope('OwnerT')}]"),
            f"{name}[{scope('OwnerT')}]",
        ),
        *_stub("async def find", methods.find_signature().typed, f"{scope('ModelT')} | None"),
    ]
    for pattern in patterns:
        # What is awaitable and can be iterated over is returned at once.
        kind = "async def" if pattern.result == "one" else "def"
        returned = methods.returned(pattern, "ModelT", "AioPage", "AioCollection")
        made += _stub(f"{kind} {pattern.name}", methods.signature(pattern).typed, returned)
    return made


def declaration(name: str, entity: str, scope: Scope) -> list[str]:
    """``aio`` in the class of the entity, as type checkers see it."""
    return ["", *statement(f"aio = {name}[{quote(scope.own(entity))}]()", _INDENT)]


def names_in(patterns: Sequence[AccessPattern]) -> frozenset[str]:
    """Every name that stands in the body of the class."""
    return frozenset({"__get__", "find", *(pattern.name for pattern in patterns)})


def _stub(head: str, parameters: Sequence[str], returned: str) -> list[str]:
    return statement(Group(f"{head}(", ("self", *parameters), f") -> {returned}: ..."), _INDENT)
