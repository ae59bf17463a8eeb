"""Key templates and conditions of a schema file, with the place in messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from kxmodel.dialect.plain import plain
from kxmodel.errors import SchemaError, TemplateError
from kxmodel.keys import Condition, Template, parse, parse_condition

if TYPE_CHECKING:
    from kxmodel.dialect.node import Node


def read_template(node: Node) -> Template:
    """The template that a node's text is. Raises SchemaError at the character at fault."""
    text = node.value if isinstance(node.value, str) else ""
    try:
        return parse(text)
    except TemplateError as error:
        # The text stands behind its quote; escapes would shift the column, so point at its start.
        source = node.document.parsed.source
        start = node.document.parsed.values.get(node.pointer, 0) + 1
        literal = source.startswith(f'{text}"', start)
        _refuse(node, error, 1 + error.offset if literal else 0)


def read_condition(node: Node) -> Condition:
    """The condition of a ``when``. Raises SchemaError."""
    try:
        return parse_condition(plain(node.value))
    except TemplateError as error:
        _refuse(node, error, 0)


def _refuse(node: Node, error: TemplateError, offset: int) -> NoReturn:
    where = node.document.location(node.pointer, offset=offset)
    raise SchemaError(error.message, code=error.code, where=where, fix=error.fix) from error
