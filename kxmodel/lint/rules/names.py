"""Names that would hide something in the generated class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.dialect.reserved import MAP_MEMBERS, MODEL_MEMBERS
from kxmodel.errors.base import shorten
from kxmodel.lint.place import of_table
from kxmodel.lint.rule import Fault, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Table

#: What kxmodel's own bases of models and of nested objects have beside PynamoDB's members; a test
#: compares them with `kxmodel.runtime`, which lint must not import.
OWN_MODEL_MEMBERS: Final = MODEL_MEMBERS | {"_check_actions", "_partial_results"}
OWN_MAP_MEMBERS: Final = MAP_MEMBERS | {
    *("_check_type", "_values", "decode", "encode", "extra", "from_json", "from_mapping"),
    *("derived", "generate", "immutable", "normalise", "scalar", "write"),
}
_OWN_PREFIX: Final = "_kx"


@rule("KX240", "error")
def hidden_member(table: Table) -> Iterator[Fault]:
    """An attribute, a pattern or an index has the name of a member that it would hide."""
    for entity in table.entities:
        named = [
            (f"the attribute {shorten(a.name)}", a.python_name, a.pointer)
            for a in entity.attributes
        ]
        named += [
            (f"the pattern {shorten(p.name)}", p.name, p.pointer)
            for p in table.patterns
            if p.entity == entity.name
        ]
        named += [
            (f"the index {shorten(i.name)}", i.python_name, of_table("indexes", i.name))
            for i in table.indexes
        ]
        taken: dict[str, str] = {}
        for what, name, pointer in named:
            if _reserved(name, OWN_MODEL_MEMBERS):
                yield Fault(pointer, f"{what} would hide {name}, a member of every model")
            elif name in taken:
                yield Fault(pointer, f"{what} and {taken[name]} of {entity.name} are both {name}")
            taken[name] = what
    for structure in table.structures:
        for attribute in structure.attributes:
            if _reserved(attribute.python_name, OWN_MAP_MEMBERS):
                yield Fault(
                    attribute.pointer,
                    f"the attribute {shorten(attribute.name)} would hide {attribute.python_name}, a "
                    "member of every nested object",
                )


def _reserved(name: str, members: frozenset[str]) -> bool:
    return name in members or name.startswith(("__", _OWN_PREFIX))
