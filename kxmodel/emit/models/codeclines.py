"""The functions of a codec: what is written for an attribute of each shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kxmodel.emit.models.layout import INDENT, Code, Group, call, named, one_line, statement, width
from kxmodel.emit.models.quote import quote
from kxmodel.emit.text import WIDTH
from kxmodel.ir import AnyValue, DictOf, ListOf, MapOf, Scalar, SetOf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.ir import Shape

#: Kind -> the type descriptor it is stored under, and the function that reads what is there.
_READ: Final[Mapping[str, tuple[str, str]]] = {
    "text": ("S", ""),
    "ulid": ("S", ""),
    "email": ("S", ""),
    "phone": ("S", ""),
    "timestamp": ("S", "timestamp"),
    "integer": ("N", "number"),
    "version": ("N", "number"),
    "number": ("N", "float"),
    "decimal": ("N", "decimal"),
    "boolean": ("BOOL", ""),
    "binary": ("B", ""),
}
_READ_SETS: Final[Mapping[str, str]] = {"text": "SS", "binary": "BS"}
#: Kind -> the function that writes it. The attribute writes what is of another kind.
_WRITE: Final[Mapping[str, str]] = {
    "text": "text",
    "ulid": "ulid",
    "email": "email",
    "timestamp": "instant",
    "integer": "integer",
    "number": "real",
    "boolean": "flag",
}
_INTO: Final = ("item", "plain")


@dataclass(frozen=True)
class Coded:
    """An attribute of a class. kind: its class, as `members.class_name` names it.

    nests: whether what it holds may hold an object of the attribute's owner again. required: whether
    every item that the schema takes has it, and not as null.
    """

    python_name: str
    name: str
    shape: Shape
    kind: str
    nests: bool = False
    required: bool = False


@dataclass(frozen=True)
class Lines:
    """Writes the functions of one table. stems: class -> the last part of its functions' names.

    used: the functions of the runtime that have been called for.
    """

    stems: Mapping[str, str]
    used: set[str] = field(default_factory=set)
    types: tuple[str, ...] = ("Origin", "Plain", "Stored", "Values", "Written")

    def reader(self, owner: str, members: Sequence[Coded]) -> list[str]:
        """``read_*``: from what is stored to Python values."""
        made = _definition(f"read_{self.stems[owner]}", "stored: Stored, origin: Origin", "Values")
        surely = [(m, self._content(owner, m, f"stored[{quote(m.name)}]")) for m in members]
        entries = tuple(
            named(quote(m.python_name), parts[0], ": ")
            for m, parts in surely
            if m.required and len(parts) == 1
        )
        made += statement(Group("values: Values = {", entries, "}", tall=True), INDENT)
        for coded, parts in surely:
            if not (coded.required and len(parts) == 1):
                made += self._read(owner, coded)
        return [*made, "    return values"]

    def writer(self, owner: str, members: Sequence[Coded]) -> list[str]:
        """``write_*``: from Python values to attribute values, and to plain JSON."""
        parameters = "values: Values, item: Written, plain: Plain"
        made = _definition(f"write_{self.stems[owner]}", parameters, "None")
        for coded in members:
            made += statement(self._write(owner, coded), INDENT)
        return made if members else [*made, "    return"]

    def _read(self, owner: str, coded: Coded) -> list[str]:
        target = f"values[{quote(coded.python_name)}]"
        head = statement(f"if (value := stored.get({quote(coded.name)})) is not None:", INDENT)
        parts = self._content(owner, coded, "value")
        if len(parts) == 1:
            return [*head, *statement(named(target, parts[0], " = "), 2 * INDENT)]
        return [*head, *_spread(target, parts)]

    def _content(self, owner: str, coded: Coded, value: str) -> tuple[Code, ...]:
        """The expression that reads `value`, in parts that may stand on lines of their own."""
        shape = coded.shape
        step = ("origin", quote(coded.name))
        inner = _element(shape)
        if isinstance(inner, MapOf):
            read = f"read_{self.stems[inner.structure]}"
            function, tag = (
                ("nested_list", "L") if isinstance(shape, ListOf) else ("nested_dict", "M")
            )
            held = f'{value}["{tag}"]'
            return (self._call(function, f"models.{inner.structure}", read, held, *step),)
        if isinstance(shape, MapOf):
            read = f"read_{self.stems[shape.structure]}"
            held = f'{value}["M"]'
            return (self._call("nested", f"models.{shape.structure}", read, held, *step),)
        single = self._single(shape if inner is None else inner, value if inner is None else "each")
        if single is None:
            if isinstance(shape, AnyValue) or _is_open(shape):
                return (self._call("other", value),)
            return (
                self._call("attribute_reads", f"models.{owner}", quote(coded.python_name), value),
            )
        if inner is None:
            return (single,)
        if isinstance(shape, ListOf):
            return ("[", single, f'for each in {value}["L"]', "]")
        return ("{", named("name", single, ": "), f'for name, each in {value}["M"].items()', "}")

    def _single(self, shape: Shape, value: str) -> Code | None:
        """The expression that reads one value of a simple shape; None: its attribute reads it."""
        if isinstance(shape, SetOf):
            tag = _READ_SETS.get(shape.kind)
            return None if tag is None else f'set({value}["{tag}"])'
        if not isinstance(shape, Scalar) or shape.kind not in _READ:
            return None
        tag, function = _READ[shape.kind]
        content = f'{value}["{tag}"]'
        return self._call(function, content) if function else content

    def _write(self, owner: str, coded: Coded) -> Group:
        shape = coded.shape
        value, name = f"values.get({quote(coded.python_name)})", quote(coded.name)
        if coded.nests:
            return self._call("ordinary", value)
        if isinstance(shape, MapOf):
            write = f"write_{self.stems[shape.structure]}"
            return self._call("mapping", f"models.{shape.structure}", write, value, name, *_INTO)
        if isinstance(shape, ListOf) and isinstance(shape.item, MapOf):
            structure = shape.item.structure
            write = f"write_{self.stems[structure]}"
            return self._call("mappings", f"models.{structure}", write, value, name, *_INTO)
        if isinstance(shape, ListOf) and isinstance(shape.item, Scalar):
            if shape.item.kind == "text" and not shape.item.lower:
                return self._call("texts", value, name, *_INTO)
        elif isinstance(shape, Scalar) and shape.kind in _WRITE:
            function = "lower" if shape.lower and shape.kind == "text" else _WRITE[shape.kind]
            return self._call(function, value, name, *_INTO)
        attribute = (f"models.{owner}", quote(coded.python_name))
        return self._call("attribute_writes", *attribute, "values", name, *_INTO)

    def _call(self, function: str, *arguments: str) -> Group:
        if function != "float":
            self.used.add(function)
        return call(function, *arguments)


def _is_open(shape: Shape) -> bool:
    """Whether the attribute reads whatever is stored, as itself."""
    if isinstance(shape, Scalar):
        return shape.kind == "null"
    inner = _element(shape)
    return inner is not None and (isinstance(inner, AnyValue) or _is_open(inner))


def _definition(name: str, parameters: str, returned: str) -> list[str]:
    flat = f"def {name}({parameters}) -> {returned}:"
    return (
        [flat] if len(flat) <= WIDTH else [f"def {name}(", f"    {parameters}", f") -> {returned}:"]
    )


def _element(shape: Shape) -> Shape | None:
    if isinstance(shape, ListOf):
        return shape.item
    return shape.value if isinstance(shape, DictOf) else None


def _spread(target: str, parts: tuple[Code, ...]) -> list[str]:
    """A comprehension on one line where it fits, else as ruff breaks it."""
    opening, element, loop, closing = map(one_line, parts)
    pad = " " * 2 * INDENT
    flat = f"{pad}{target} = {opening}{element} {loop}{closing}"
    if width(flat) <= WIDTH:
        return [flat]
    joined = f"{pad}    {element} {loop}"
    inner = [joined] if width(joined) <= WIDTH else [f"{pad}    {element}", f"{pad}    {loop}"]
    made = [f"{pad}{target} = {opening}", *inner, f"{pad}{closing}"]
    if any(width(line) > WIDTH for line in made):
        made[-1] += "  # fmt: skip"
    return made
