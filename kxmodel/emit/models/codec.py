"""``_codec/``: each class's members read and written one by one, as straight-line Python.

What every attribute does by itself at run time, `decode` and `write`, stands here spelled out for
the values that most items hold; every other value goes through the attribute, so that both ways
give the same (`kxmodel.runtime.attributes.codecs`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.dialect.names import snake_case
from kxmodel.emit.files import CODEGEN, header
from kxmodel.emit.models import structures
from kxmodel.emit.models.codeclines import Calls, read_lines, write_lines
from kxmodel.emit.models.keyed import held_members
from kxmodel.emit.models.layout import INDENT, Group, lines, named, statement
from kxmodel.emit.models.members import Member, class_name, member
from kxmodel.emit.models.naming import free, module_stem
from kxmodel.emit.models.quote import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.ir import Table

_TYPES: Final = """
if TYPE_CHECKING:
    from kxmodel.runtime.codec import Path, Stored, Values, WriteContext, Written
"""


def codec_module(table: Table) -> str:
    """The text of the module that reads and writes the classes of one table."""
    ordered = structures.in_order(table.structures)
    plain = structures.kept_plain(ordered)
    classes = {s.name: _by_name(member(a) for a in s.attributes) for s in ordered}
    classes |= {entity.name: held_members(table, entity) for entity in table.entities}
    taken: set[str] = set()
    stems = {name: free(snake_case(name), taken, "_") for name in classes}
    calls = Calls(stems)
    body: list[str] = []
    for name, members in classes.items():
        kinds = {m.attribute.python_name: class_name(m, plain=(name, m.attribute.name) in plain) for m in members}
        body += ["", "", *_reader(name, members, kinds, calls)]
        body += ["", "", *_writer(name, members, kinds, calls)]
    entries = tuple(_entry(name, members, plain, stems) for name, members in classes.items())
    table_of = Group("CODECS = {", entries, "}", tall=True)
    imports = Group("from kxmodel.runtime.codec import (", tuple(sorted(calls.used, key=_order)), ")", tall=True)
    text = [
        f'"""How the items of `{table.name}` are read and written, member by member."""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import TYPE_CHECKING",
        "",
        *lines(imports),
        "",
        f"from .. import {module_stem(table.name)} as models",
        *_TYPES.rstrip("\n").split("\n"),
        *body,
        "",
        "",
        *lines(table_of),
    ]
    return header(table.source) + "\n".join(text) + "\n"
