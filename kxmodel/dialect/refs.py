"""What a ``$ref`` names: a schema of the same file, or of a file beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kxmodel.dialect.check import check_document
from kxmodel.dialect.document import Document, load
from kxmodel.dialect.node import Node, listed, suggestion
from kxmodel.dialect.positions import join, split
from kxmodel.dialect.walk import all_schemas
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from pathlib import Path

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class References:
    """A table's file and those that it refers to, each read and checked once."""

    def __init__(self, main: Path, root: Path) -> None:
        """main: the table's file; its folder is the schemas folder, which no `$ref` leaves.
        root: messages show files relative to it."""
        self._main = main.resolve()
        self._folder = self._main.parent
        self._root = root.resolve()
        self._documents: dict[Path, Document] = {}
        self._schemas: dict[Path, dict[str, Node]] = {}
        self._anchors: dict[Path, dict[str, Node]] = {}

    @property
    def main(self) -> Node:
        """The root of the table's file, read but not checked. Raises SchemaError."""
        document = self.read(self._main)
        return Node(document, "", document.value)

    @property
    def documents(self) -> tuple[Document, ...]:
        """What has been read so far, in that order."""
        return tuple(self._documents.values())

    def read(self, path: Path) -> Document:
        """The file, read but not checked against the meta-schema. Raises SchemaError."""
        resolved = path.resolve()
        if resolved not in self._documents:
            main = resolved == self._main
            prefix = "" if main else f"{resolved.relative_to(self._folder).as_posix()}#"
            self._documents[resolved] = load(resolved, self._shown(resolved), prefix)
        return self._documents[resolved]

    def open(self, path: Path) -> Document:
        """The file, read and checked against the meta-schema. Raises SchemaError."""
        document = self.read(path)
        if document.path not in self._schemas:
            check_document(document)
            schemas = list(all_schemas(Node(document, "", document.value)))
            self._schemas[document.path] = {node.pointer: node for node in schemas}
            self._anchors[document.path] = {
                node.text("$anchor"): node for node in schemas if node.has("$anchor")
            }
        return document

    def target(self, ref: Node) -> Node:
        """The schema that a ``$ref`` (the node of its text) names.

        Raises SchemaError: KX110 (there is none), KX112 (out of the schemas folder).
        """
        text = ref.value if isinstance(ref.value, str) else ""
        file, _, fragment = text.partition("#")
        document = self._sibling(ref, unquote(file)) if file else self.open(ref.document.path)
        return self._inside(ref, document, unquote(fragment))

    def _shown(self, path: Path) -> str:
        return (
            path.relative_to(self._root).as_posix()
            if path.is_relative_to(self._root)
            else path.name
        )

    def _sibling(self, ref: Node, file: str) -> Document:
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
        return self.open(path)

    def _inside(self, ref: Node, document: Document, fragment: str) -> Node:
        schemas, anchors = self._schemas[document.path], self._anchors[document.path]
        name = "this file" if document is ref.document else document.file
        if fragment and not fragment.startswith("/"):
            if fragment not in anchors:
                near = suggestion(fragment, anchors)
                ref.fail(f"there is no $anchor {shorten(fragment)} in {name}{near}", "KX110")
            return anchors[fragment]
        pointer = join(split(fragment))
        if pointer not in schemas:
            defs = [key[7:] for key in schemas if key.startswith("/$defs/") and key.count("/") == 2]
            hint = suggestion(pointer.removeprefix("/$defs/"), defs)
            hint = hint or f"; its $defs: {listed(defs)}"
            ref.fail(f"there is no schema {shorten('#' + fragment)} in {name}{hint}", "KX110")
        return schemas[pointer]
