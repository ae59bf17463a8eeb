"""ir -> TypeScript: types, key builders and queries, for browsers and servers. Pure.

Without types the same code is JavaScript, for pages that no compiler stands before. The runtime's
JavaScript stands beside its TypeScript as `tsc` makes it.
"""

from __future__ import annotations

from importlib.resources import files as resources
from typing import TYPE_CHECKING, Final, cast

from kxmodel.emit.emitter import Emitter, Setting
from kxmodel.emit.files import Files, export_header, path
from kxmodel.emit.typescript.module import module
from kxmodel.emit.typescript.names import modules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.emit.emitter import Given
    from kxmodel.emit.typescript.types import Values
    from kxmodel.ir import Table

__all__ = ["EMITTER"]

#: What the generated modules import: no packages, ES2020.
_RUNTIME: Final = ("bytes", "filters", "index", "keys", "queries", "spans", "values")


def _emit(tables: Sequence[Table], given: Given) -> Files:
    """``<table>.ts`` for each table, ``index.ts`` with each as a namespace, and ``runtime/``.

    In JavaScript the files end with ``.js``, which imports say in both.
    """
    ordered = sorted(tables, key=lambda table: table.name)
    values = cast("Values", given["values"])  # one of the setting's choices
    typed = given["language"] == "typescript"
    end = "ts" if typed else "js"
    stems = modules([table.name for table in ordered])
    made = {
        path(f"{stems[table.name]}.{end}"): module(table, values, typed=typed) for table in ordered
    }
    exports = [f'export * as {stem} from "./{stem}.js";' for stem in stems.values()]
    index = "\n".join([*exports, 'export * as kx from "./runtime/index.js";'])
    made[path(f"index.{end}")] = f"{export_header('typescript', comment='//')}\n{index}\n"
    folder = resources("kxmodel.emit.typescript").joinpath("runtime")
    for name in _RUNTIME:
        text = folder.joinpath(f"{name}.{end}").read_text("utf-8")
        made[path("runtime", f"{name}.{end}")] = (
            f"{export_header('typescript', comment='//')}\n{text}"
        )
    return dict(sorted(made.items()))


EMITTER: Final = Emitter(
    name="typescript",
    summary="types, key builders and queries for TypeScript and browsers",
    emit=_emit,
    settings=(
        Setting(
            "values",
            "where values come from: an API's JSON, or DocumentClient (Set, Uint8Array)",
            "json",
            ("json", "document"),
        ),
        Setting(
            "language",
            "with types, or the same code for browsers without a compiler",
            "typescript",
            ("typescript", "javascript"),
        ),
    ),
)
