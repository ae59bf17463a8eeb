"""The source of a migration's functions, as far as it matters: no formatting, no comments.

A function is taken with everything that it reaches in its own file, so that a changed helper or
constant is seen as well.
"""

from __future__ import annotations

import ast
import linecache
from typing import TYPE_CHECKING

from kxmodel.errors import OperationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: A top-level statement that gives names a meaning.
_Definition = (
    ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom
)

#: Fields that say nothing about what the code does.
_SILENT = frozenset({"ctx", "kind", "type_comment"})


def canonical_source(function: Callable[..., object]) -> list[str]:
    """The function and what it reaches, one text for each definition, in the order of the file.

    Raises OperationError KX606 for what is not a ``def`` at the top level of a file.
    """
    return [_normal(node) for node in _reached(function)]


def written_source(function: Callable[..., object]) -> list[str]:
    """As `canonical_source`, but the texts as they were written. Raises OperationError KX606."""
    text = _text(function)
    return [_segment(text, node) for node in _reached(function)]


def _reached(function: Callable[..., object]) -> list[_Definition]:
    name = getattr(function, "__name__", repr(function))
    definitions = list(_definitions(ast.parse(_text(function))))
    line = getattr(getattr(function, "__code__", None), "co_firstlineno", 0)
    by_name: dict[str, list[_Definition]] = {}
    for node in definitions:
        for bound in _bound(node):
            by_name.setdefault(bound, []).append(node)
    if not any(
        isinstance(node, ast.FunctionDef) and line in (node.lineno, _first_line(node))
        for node in by_name.get(name, ())
    ):
        raise _no_source(name)
    found: set[_Definition] = set()
    pending = [name]
    seen: set[str] = set()
    while pending:
        wanted = pending.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        for node in by_name.get(wanted, ()):
            if node not in found:
                found.add(node)
                pending.extend(_used(node))
    return [node for node in definitions if node in found]


def _text(function: Callable[..., object]) -> str:
    code = getattr(function, "__code__", None)
    name = getattr(function, "__qualname__", repr(function))
    if code is None or not name.isidentifier():
        raise _no_source(name)
    text = "".join(linecache.getlines(code.co_filename, getattr(function, "__globals__", None)))
    if not text:
        raise _no_source(name)
    return text


def _no_source(name: str) -> OperationError:
    return OperationError(
        f"{name} is no function at the top level of a file, so nothing can tell whether it changed",
        code="KX606",
    )


def _definitions(module: ast.Module) -> Iterator[_Definition]:
    for node in module.body:
        if isinstance(node, _Definition):
            yield node


def _bound(node: _Definition) -> Iterator[str]:
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Import() | ast.ImportFrom():
            for alias in node.names:
                yield (alias.asname or alias.name).partition(".")[0]
        case ast.Assign():
            for target in node.targets:
                yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name))
        case _:
            yield from (n.id for n in ast.walk(node.target) if isinstance(n, ast.Name))


def _used(node: _Definition) -> Iterator[str]:
    return (n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))


def _first_line(node: ast.FunctionDef) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _normal(node: object) -> str:
    """A syntax tree as text: no positions, no docstrings, and the same in every version of Python.

    `ast.dump` and `ast.unparse` are not: they spell f-strings and empty fields in their own ways.
    """
    if isinstance(node, ast.AST):
        fields = [
            f"{name}={_normal(value)}"
            for name, value in _fields(node)
            if value not in (None, []) and name not in _SILENT
        ]
        return f"{type(node).__name__}({', '.join(fields)})"
    if isinstance(node, list):
        return f"[{', '.join(map(_normal, node))}]"
    return repr(node)


def _fields(node: ast.AST) -> Iterator[tuple[str, object]]:
    for name, value in ast.iter_fields(node):
        documented = (
            name == "body"
            and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and ast.get_docstring(node, clean=False) is not None
        )
        yield name, value[1:] if documented else value


def _segment(text: str, node: _Definition) -> str:
    first = _first_line(node) if isinstance(node, ast.FunctionDef) else node.lineno
    return "\n".join(text.splitlines()[first - 1 : node.end_lineno])
