"""``__init__.py``: every model class under one name, imported when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.files import header
from kxmodel.emit.models.layout import Group, lines, statement
from kxmodel.emit.models.quote import docstring, quote

if TYPE_CHECKING:
    from collections.abc import Mapping

_LAZY = """

def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if not TYPE_CHECKING:  # for type checkers, only the names above are there

    def __getattr__(name: str) -> object:
        module = _MODULES.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{module}"), name)
        globals()[name] = value
        return value
"""


def package_module(package: str, classes: Mapping[str, str]) -> str:
    """The text. classes: class name -> the module of the package that it is in."""
    modules: dict[str, list[str]] = {}
    for name, module in sorted(classes.items()):
        modules.setdefault(module, []).append(name)
    imports: list[str] = []
    for module, names in sorted(modules.items()):
        imports += _import(f"{package}.{module}", sorted(names, key=_order))
    exported = Group("__all__ = [", tuple(quote(name) for name in sorted(classes)), "]", tall=True)
    where = Group(
        "_MODULES = {",
        tuple(f"{quote(name)}: {quote(module)}" for name, module in sorted(classes.items())),
        "}",
        tall=True,
    )
    said = (
        f"The models of every table: `from {package} import ...`.\n\n"
        "A table's module is imported when one of its classes is first asked for. What stands beside "
        "the models (nested structures, enumerations, indexes) is in the table's module."
    )
    made = [
        *docstring(said, 0),
        "",
        "from __future__ import annotations",
        "",
        "from importlib import import_module",
        "from typing import TYPE_CHECKING",
        "",
        *(["if TYPE_CHECKING:", *imports, ""] if imports else []),
        *lines(exported),
        "",
        *lines(where),
        "",
    ]
    return header() + "\n".join(made) + _LAZY


def _import(module: str, names: list[str]) -> list[str]:
    flat = f"from {module} import {', '.join(names)}"
    if len(flat) + 4 <= 100:
        return [f"    {flat}"]
    return statement(Group(f"from {module} import (", tuple(names), ")"), 4)


def _order(name: str) -> tuple[int, str, str]:
    return (0 if name.isupper() and len(name) > 1 else 1), name.lower(), name
