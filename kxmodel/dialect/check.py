"""A document against the meta-schema: what is not the dialect, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.dialect.complaint import Complaint, complaints
from kxmodel.dialect.metaschema import DIALECT, quick, validator
from kxmodel.dialect.walk import all_schemas
from kxmodel.errors import SchemaError
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.dialect.document import Document
    from kxmodel.dialect.node import Node

#: Problems that one message names; it counts the others.
MOST_SHOWN: Final = 5

#: Keywords that only the root has.
_OF_THE_ROOT: Final = ("$id", "$schema", "x-kx-patterns", "x-kx-table")


def check_document(document: Document) -> None:
    """Hold a parsed file against the meta-schema.

    Raises SchemaError for the first problem by place; its message names up to four others and
    counts the rest. KX106: another dialect. KX107: unknown or unsupported keyword. KX108: a value
    that is not allowed. KX109: a keyword at a place where it has no meaning.
    """
    root = document.root
    _check_dialect(root)
    # Only what has the form of a schema can be walked through.
    found = list(_malformed(document) or _misplaced(root))
    if found:
        _refuse(document, found)


def _malformed(document: Document) -> list[Complaint]:
    """What the meta-schema does not allow."""
    if not document.parsed.whole and quick()(document.value):
        return []
    return [c for error in validator().iter_errors(document.value) for c in complaints(error)]


def _check_dialect(root: Node) -> None:
    if not isinstance(root.value, dict):
        root.fail("a schema file holds a JSON object", "KX108")
    named = root.get("$schema")
    if named and named.value != DIALECT:
        named.fail(f"$schema names {shorten(named.value)}, another dialect than {DIALECT}", "KX106")
    if not named and root.has("x-kx-table"):
        root.fail("the file does not name its dialect: $schema is missing", "KX106")


def _refuse(document: Document, found: list[Complaint]) -> None:
    placed = sorted(
        {(document.location(c.pointer, name=c.at_name), c.code, c.message) for c in found}
    )
    where, code, message = placed[0]
    lines = "".join(f"\n  also {place}: {text}" for place, _, text in placed[1:MOST_SHOWN])
    if len(placed) > MOST_SHOWN:
        lines += f"\n  and {len(placed) - MOST_SHOWN} more"
    raise SchemaError(message + lines, code=code, where=where)


def _misplaced(root: Node) -> Iterator[Complaint]:
    """Keywords that only the root has, and entities that stand elsewhere than in its $defs."""
    entities = {root.pointer, *(entry.pointer for _, entry in root.members("$defs"))}
    table = root.has("x-kx-table")
    for node in all_schemas(root):
        if node.pointer:
            for keyword in _OF_THE_ROOT:
                if found := node.get(keyword):
                    yield _at(found, f"{keyword} stands at the file's root only")
        if found := node.get("x-kx-entity"):
            if not table:
                yield _at(found, "x-kx-entity needs x-kx-table at the file's root")
            elif node.pointer not in entities:
                yield _at(found, "x-kx-entity stands at the root, or on an entry of its $defs")
    patterns = root.get("x-kx-patterns")
    if patterns and not table:
        yield _at(patterns, "x-kx-patterns needs x-kx-table beside it")


def _at(node: Node, message: str) -> Complaint:
    return Complaint(node.pointer, "KX109", message, at_name=True)
