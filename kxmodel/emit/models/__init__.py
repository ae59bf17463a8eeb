"""ir -> Python: a package of PynamoDB models, formatted as ruff formats it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.files import Files, path
from kxmodel.emit.models.codec import codec_module, codec_package
from kxmodel.emit.models.module import base_name, module
from kxmodel.emit.models.naming import check_identifier, module_stem
from kxmodel.emit.models.package import package_module
from kxmodel.emit.models.schema import constants, schema_module, schema_package
from kxmodel.errors import UsageError
from kxmodel.values.shown import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.ir import Table

__all__ = ["emit"]


def emit(tables: Sequence[Table], *, package: str) -> Files:
    """The files of a package with the models of `tables`, relative to the package's folder.

    ``__init__.py`` (every model class, lazily), ``<table>.py``, ``_schema/<table>.py`` and
    ``_codec/<table>.py``.
    package: the dotted name under which the folder is imported. The order of `tables` does not
    matter. Raises UsageError: KX025 for a name that cannot stand in Python, KX026 for two things
    of one name.
    """
    for part in package.split("."):
        check_identifier(part, "a part of the package")
    files: Files = {}
    classes: dict[str, str] = {}
    sources: dict[str, str] = {}
    for table in sorted(tables, key=lambda table: table.name):
        stem = module_stem(table.name)
        _claim(sources, stem, f"the module of the table {table.name!r}", table.source)
        schemas = {name: f"_schema.{stem}:{held}" for name, held in constants(table).items()}
        base = base_name(table)
        for name in (*([base] if base is not None else []), *schemas):
            _claim(classes, name, f"a class of the table {table.name!r}", stem)
        files[path(f"{stem}.py")] = module(table, schemas)
        files[path("_schema", f"{stem}.py")] = schema_module(table)
        files[path("_codec", f"{stem}.py")] = codec_module(table)
    files[path("__init__.py")] = package_module(package, classes)
    files[path("_schema", "__init__.py")] = schema_package()
    files[path("_codec", "__init__.py")] = codec_package()
    return dict(sorted(files.items()))


def _claim(taken: dict[str, str], name: str, what: str, holder: str) -> None:
    if name in taken:
        raise UsageError(
            f"{what} is called {name}, and so is one of {printable(taken[name])}", code="KX026"
        )
    taken[name] = holder
