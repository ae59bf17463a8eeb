"""What a ``$ref`` names: a schema of the same file, or of a file beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kxmodel.dialect.node import Node, listed, suggestion
from kxmodel.dialect.positions import escape, join, split
from kxmodel.dialect.walk import all_schemas, schema_at
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from pathlib import Path

    from kxmodel.dialect.document import Document
    from kxmodel.dialect.library import Library

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class References:
    """A table's file and those that it refers to."""

    def __init__(self, main: Path, library: Library) -> None:
        """main: the table's file; its folder is the schemas folder, which no `$ref` leaves."""
        self._main = main.resolve()
        self._folder = self._main.parent
        self._library = library
        self._documents: dict[Path, Document] = {}
        self._siblings: dict[tuple[Path, str], Document] = {}
        self._anchors: dict[Path, dict[str, Node]] = {}

    @property
    def main(self) -> Node:
        """The root of the table's file, read but not checked. Raises SchemaError."""
        return self._read(self._main).root

    @property
    def documents(self) -> tuple[Document, ...]:
        """What has been read so far, in that order."""
        return tuple(self._documents.values())

    def check(self) -> None:
        """Hold the table's file against the meta-schema. Raises SchemaError."""
        self._open(self._main)

    def target(self, ref: Node) -> Node:
        """The schema that a ``$ref`` (the node of its text) names.

        Raises SchemaError: KX110 (there is none), KX112 (out of the schemas folder).
        """
        text = ref.value if isinstance(ref.value, str) else ""
        file, _, fragment = text.partition("#")
        document = self._sibling(ref, unquote(file)) if file else ref.document
        return self._inside(ref, document, unquote(fragment))

    def _read(self, path: Path) -> Document:
        """The file at a resolved path, with the prefix by which this table knows it."""
        if path not in self._documents:
            document = self._library.read(path)
            if path != self._main:
                prefix = f"{path.relative_to(self._folder).as_posix()}#"
                document = replace(document, prefix=prefix)
            self._documents[path] = document
        return self._documents[path]

    def _open(self, path: Path) -> Document:
        document = self._read(path)
        self._library.check(document)
        return document

    def _sibling(self, ref: Node, file: str) -> Document:
        known = (ref.document.path, file)
        if known not in self._siblings:
            self._siblings[known] = self._find(ref, file)
        return self._siblings[known]

    def _find(self, ref: Node, file: str) -> Document:
        if _SCHEME.match(file) or file.startswith(("/", "\\")):
            ref.fail(f"{shorten(file)} is not a file beside this one", "KX112")
        try:
            path = (ref.document.path.parent / file).resolve()
            found = path.is_file()
        except (OSError, ValueError, RuntimeError):
            ref.fail(f"{shorten(file)} is no file name", "KX110")
        if not path.is_relative_to(self._folder):
            ref.fail(f"{shorten(file)} leads out of the schemas folder", "KX112")
        if not found:
            near = [other.name for other in self._folder.glob("*.json")]
            ref.fail(f"there is no file {shorten(file)}{suggestion(file, near)}", "KX110")
        return self._open(path)

    def _inside(self, ref: Node, document: Document, fragment: str) -> Node:
        name = "this file" if document is ref.document else document.file
        if fragment and not fragment.startswith("/"):
            anchors = self._anchors_of(document)
            if fragment not in anchors:
                near = suggestion(fragment, anchors)
                ref.fail(f"there is no $anchor {shorten(fragment)} in {name}{near}", "KX110")
            return anchors[fragment]
        found = schema_at(document.root, split(fragment))
        if found is None:
            defs = [escape(key) for key, _ in document.root.members("$defs")]
            hint = suggestion(join(split(fragment)).removeprefix("/$defs/"), defs)
            hint = hint or f"; its $defs: {listed(defs)}"
            ref.fail(f"there is no schema {shorten('#' + fragment)} in {name}{hint}", "KX110")
        return found

    def _anchors_of(self, document: Document) -> dict[str, Node]:
        if document.path not in self._anchors:
            self._anchors[document.path] = {
                node.text("$anchor"): node
                for node in all_schemas(document.root)
                if node.has("$anchor")
            }
        return self._anchors[document.path]
