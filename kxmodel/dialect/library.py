"""The schema files that are read together: each is read once and checked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.dialect.check import check_document
from kxmodel.dialect.document import Document, load

if TYPE_CHECKING:
    from pathlib import Path


class Library:
    """What has been read so far. Tables that share types share their file through it."""

    def __init__(self, root: Path) -> None:
        """root: messages show files relative to it."""
        self._root = root.resolve()
        self._documents: dict[Path, Document] = {}
        self._checked: set[Path] = set()

    def read(self, path: Path) -> Document:
        """The file at a resolved path, not checked against the meta-schema. Raises SchemaError."""
        if path not in self._documents:
            self._documents[path] = load(path, self._shown(path))
        return self._documents[path]

    def check(self, document: Document) -> None:
        """Hold what was read against the meta-schema, once. Raises SchemaError."""
        if document.path not in self._checked:
            check_document(document)
            self._checked.add(document.path)

    def _shown(self, path: Path) -> str:
        return (
            path.relative_to(self._root).as_posix()
            if path.is_relative_to(self._root)
            else path.name
        )
