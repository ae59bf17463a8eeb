"""The constructor as type checkers see it: PynamoDB's own takes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.models.layout import INDENT, Group, statement
from kxmodel.emit.models.types import optional
from kxmodel.ir import Scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.emit.models.members import Member
    from kxmodel.emit.models.names import Scope
    from kxmodel.emit.models.types import Types


def constructor(owner: str, members: Sequence[Member], types: Types, scope: Scope) -> list[str]:
    """``if TYPE_CHECKING: def __init__(...)``: what must be given first, then the rest."""
    first: list[str] = []
    rest: list[str] = []
    for declared in members:
        attribute = declared.attribute
        if declared.derived:
            continue
        parameter = f"{attribute.python_name}: {types.given(owner, attribute, scope)}"
        if attribute.default is not None or _is_generated(declared):
            rest.append(f"{parameter} = ...")
        elif declared.null or _is_version(declared):
            rest.append(f"{optional(parameter)} = None")
        else:
            first.append(parameter)
    parameters = ("self", *(["*"] if first or rest else []), *first, *rest)
    code = Group("def __init__(", parameters, f") -> {scope('None')}: ...")
    scope("TYPE_CHECKING", run=True)
    return ["    if TYPE_CHECKING:", "", *statement(code, 2 * INDENT)]


def _is_generated(declared: Member) -> bool:
    generate = declared.attribute.generate
    return generate is not None and generate.kind != "version"


def _is_version(declared: Member) -> bool:
    shape = declared.attribute.shape
    return isinstance(shape, Scalar) and shape.kind == "version"
