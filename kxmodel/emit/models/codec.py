"""``_codec/``: each class's members read and written one by one, as straight-line Python.

What every attribute does by itself at run time, `decode` and `write`, stands here spelled out for
what most items hold; an item that holds anything else is left to the attributes, so that both ways
give the same (`kxmodel.runtime.attributes.codecs`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.dialect.names import snake_case
from kxmodel.emit.files import header
from kxmodel.emit.models import structures
from kxmodel.emit.models.codeclines import Coded, Lines
from kxmodel.emit.models.keyed import held_members
from kxmodel.emit.models.layout import Group, lines, named
from kxmodel.emit.models.members import Member, class_name, member
from kxmodel.emit.models.naming import free, module_stem
from kxmodel.emit.models.quote import quote
from kxmodel.ir import AnyValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kxmodel.ir import Table


def codec_module(table: Table) -> str:
    """The text of the module that reads and writes the classes of one table."""
    classes = _classes(table)
    taken: set[str] = set()
    stems = {name: free(snake_case(name), taken, "_") for name in classes}
    made = Lines(stems)
    body: list[str] = []
    entries = []
    for name, members in classes.items():
        body += ["", "", *made.reader(name, members), "", "", *made.writer(name, members)]
        kinds = tuple(f"{quote(m.python_name)}: {quote(m.kind)}" for m in members)
        functions = (f"read_{stems[name]}", f"write_{stems[name]}")
        entry = Group("Codec(", (*functions, Group("{", kinds, "}", tall=True)), ")", tall=True)
        entries.append(named(f"models.{name}", entry, ": "))
    stem = module_stem(table.name)
    codecs = Group("CODECS: dict[type[object], Codec] = {", tuple(entries), "}", tall=True)
    text = [
        f'"""How the items of `{table.name}` are read and written, member by member."""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import TYPE_CHECKING",
        "",
        *_import(["Codec", *sorted(made.used)], 0),
        "",
        f"from .. import {stem}{' as models' * (stem != 'models')}",
        "",
        "if TYPE_CHECKING:",
        *_import(made.types, 4),
        *body,
        "",
        "",
        *lines(codecs),
    ]
    return header(table.source) + "\n".join(text) + "\n"


def codec_package() -> str:
    """The text of ``_codec/__init__.py``."""
    return f'{header()}"""The reading and writing of all items, one module a table."""\n'


def _classes(table: Table) -> Mapping[str, Sequence[Coded]]:
    """Every class that holds values -> its attributes in the order of their Python names."""
    ordered = structures.in_order(table.structures)
    plain = structures.kept_plain(ordered)
    circles = structures.circles(ordered)
    found = {s.name: _coded(s.name, map(member, s.attributes), plain, circles) for s in ordered}
    for entity in table.entities:
        found[entity.name] = _coded(entity.name, held_members(table, entity), plain, circles)
    return found


def _coded(
    owner: str,
    members: Iterable[Member],
    plain: frozenset[tuple[str, str]],
    circles: frozenset[tuple[str, str]],
) -> Sequence[Coded]:
    made = []
    for declared in members:
        attribute = declared.attribute
        place = (owner, attribute.name)
        kept = place in plain
        shape = AnyValue() if kept else attribute.shape
        kind = class_name(declared, plain=kept)
        nests = not kept and place in circles
        required = attribute.required and not attribute.generate and not shape.nullable
        coded = Coded(attribute.python_name, attribute.name, shape, kind, nests, required)
        made.append(coded)
    return sorted(made, key=lambda coded: coded.python_name)


def _import(names: Iterable[str], indent: int) -> list[str]:
    return lines(Group("from kxmodel.runtime.codec import (", tuple(names), ")", tall=True), indent)
