"""The functions of a codec: what is written for an attribute of each shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kxmodel.emit.models.layout import INDENT, statement, width
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
#: Kind -> the function that writes a value which needs no judging.
_WRITE: Final[Mapping[str, str]] = {
    "timestamp": "instant",
    "integer": "integer",
    "number": "real",
    "boolean": "flag",
}
_WRITER: Final = "container: Container, stored: Stored, path: Path, context: WriteContext"
_TEXTS: Final = frozenset({"text", "ulid", "email", "phone"})


@dataclass(frozen=True)
class Coded:
    """An attribute of a class. kind: its class, as `members.class_name` names it."""

    python_name: str
    name: str
    shape: Shape
    kind: str


@dataclass(frozen=True)
class Lines:
    """Writes the functions of one table. stems: class -> the last part of its functions' names.

    used: the functions of the runtime that have been called for.
    """

    stems: Mapping[str, str]
    used: set[str] = field(default_factory=set)
    types: tuple[str, ...] = (
        "AttributeValue",
        "Container",
        "Path",
        "Stored",
        "Values",
        "WriteContext",
        "Written",
    )

    def reader(self, owner: str, members: Sequence[Coded]) -> list[str]:
        """``read_*``: from what is stored to Python values; gives the number of declared names."""
        made = _definition(f"read_{self.stems[owner]}", "stored: Stored, values: Values", "int")
        if not members:
            return [*made, "    return 0"]
        made.append("    count = 0")
        for coded in members:
            made += self._read(owner, coded)
        return [*made, "    return count"]

    def writer(self, owner: str, members: Sequence[Coded]) -> list[str]:
        """``write_*``: from an object to attribute values."""
        made = _definition(f"write_{self.stems[owner]}", _WRITER, "Written")
        if not members:
            return [*made, "    return {**container._kx_extra}"]
        made += [
            "    item = {**container._kx_extra}",
            "    values = container.attribute_values",
        ]
        written = [line for coded in members for line in self._write(coded)]
        if any(line.lstrip().startswith("new = ") for line in written):
            made.append("    new: AttributeValue | None")
        return [*made, *written, "    return item"]

    def _read(self, owner: str, coded: Coded) -> list[str]:
        target = f"values[{quote(coded.python_name)}]"
        head = f"if (value := stored.get({quote(coded.name)})) is not None:"
        made = [*statement(head, INDENT), "        count += 1"]
        found = self._content(coded.shape)
        if found is None:
            if isinstance(coded.shape, AnyValue) or self._is_open(coded.shape):
                read = self._call("other", "value")
            else:
                read = f"{self._call('attribute', f'models.{owner}', quote(coded.python_name))}.decode(value)"
            return [
                *made,
                '        if "NULL" not in value:',
                *statement(f"{target} = {read}", 3 * INDENT),
            ]
        tag, content = found
        made += [f'        if "{tag}" in value:']
        if len(content) == 1:
            made += statement(f"{target} = {content[0]}", 3 * INDENT)
        else:
            made += _spread(target, content)
        other = self._call("other", "value")
        return [
            *made,
            '        elif "NULL" not in value:',
            *statement(f"{target} = {other}", 3 * INDENT),
        ]

    def _is_open(self, shape: Shape) -> bool:
        """Whether the attribute reads whatever is stored, as itself."""
        if isinstance(shape, Scalar):
            return shape.kind == "null"
        inner = _element(shape)
        return inner is not None and (isinstance(inner, AnyValue) or self._is_open(inner))

    def _content(self, shape: Shape) -> tuple[str, tuple[str, ...]] | None:
        """(type descriptor, the expression in parts that may stand on lines of their own).

        None: what is stored is not read here.
        """
        element = _element(shape)
        if element is None:
            plain = self._single(shape, "value")
            return None if plain is None else (plain[0], (plain[1],))
        single = self._single(element, "each")
        if single is None:
            return None
        tag, text = single
        inner = f'{text} if "{tag}" in each else {self._call("other", "each")}'
        if isinstance(shape, ListOf):
            return "L", ("[", inner, 'for each in value["L"]', "]")
        return "M", ("{", f"name: {inner}", 'for name, each in value["M"].items()', "}")

    def _single(self, shape: Shape, value: str) -> tuple[str, str] | None:
        if isinstance(shape, MapOf):
            read = f"read_{self.stems[shape.structure]}"
            return "M", self._call("nested", f"models.{shape.structure}", read, f'{value}["M"]')
        if isinstance(shape, SetOf):
            tag = _READ_SETS.get(shape.kind)
            return None if tag is None else (tag, f'set({value}["{tag}"])')
        if not isinstance(shape, Scalar) or shape.kind not in _READ:
            return None
        tag, function = _READ[shape.kind]
        content = f'{value}["{tag}"]'
        return tag, self._call(function, content) if function else content

    def _write(self, coded: Coded) -> list[str]:
        shape, target = coded.shape, f"item[{quote(coded.name)}]"
        pair = f"values.get({quote(coded.python_name)}), stored.get({quote(coded.name)})"
        made = statement(f"value, old = {pair}", INDENT)
        put = self._call(
            "put", "container", quote(coded.python_name), "item", "old", "path", "context"
        )
        otherwise = [
            "    elif value is not None or old is not None:",
            *statement(put, 2 * INDENT),
        ]
        if isinstance(shape, MapOf):
            write = f"write_{self.stems[shape.structure]}"
            known = self._call("known", "value", "old")
            inner = f"{write}(value, {known}, (*path, {quote(coded.name)}), context)"
            return [
                *made,
                *statement(f"if type(value) is models.{shape.structure}:", INDENT),
                *statement(f"inner = {inner}", 2 * INDENT),
                *statement(f'{target} = {{"M": inner}}', 2 * INDENT),
                *otherwise,
            ]
        if isinstance(shape, Scalar) and shape.kind in _TEXTS:
            if shape.kind == "text" and not shape.lower:
                return [
                    *made,
                    "    if type(value) is str:",
                    '        new = old if old is not None and old.get("S") == value else {"S": value}',
                    *statement(f"{target} = new", 2 * INDENT),
                    *otherwise,
                ]
            return [
                *made,
                '    if old is not None and type(value) is str and old.get("S") == value:',
                *statement(f"{target} = old", 2 * INDENT),
                *otherwise,
            ]
        tried = self._tried(coded)
        if tried is None:
            return [*made, "    if value is not None or old is not None:", otherwise[1]]
        return [
            *made,
            *statement(f"new = {tried}", INDENT),
            "    if new is not None:",
            *statement(f"{target} = new", 2 * INDENT),
            *otherwise,
        ]

    def _tried(self, coded: Coded) -> str | None:
        """The call that writes a value or gives None; None: there is none for this shape."""
        shape = coded.shape
        if isinstance(shape, Scalar) and shape.kind in _WRITE:
            return self._call(_WRITE[shape.kind], "value", "old")
        if not isinstance(shape, ListOf):
            return None
        element = shape.item
        if isinstance(element, MapOf):
            write = f"write_{self.stems[element.structure]}"
            at = f"(*path, {quote(coded.name)})"
            return self._call(
                "rows", write, f"models.{element.structure}", "value", "old", at, "context"
            )
        if isinstance(element, Scalar) and element.kind == "text" and not element.lower:
            return self._call("texts", "value", "old")
        return None

    def _call(self, function: str, *arguments: str) -> str:
        if function != "float":
            self.used.add(function)
        return f"{function}({', '.join(arguments)})"


def _definition(name: str, parameters: str, returned: str) -> list[str]:
    flat = f"def {name}({parameters}) -> {returned}:"
    return (
        [flat] if len(flat) <= WIDTH else [f"def {name}(", f"    {parameters}", f") -> {returned}:"]
    )


def _element(shape: Shape) -> Shape | None:
    if isinstance(shape, ListOf):
        return shape.item
    return shape.value if isinstance(shape, DictOf) else None


def _spread(target: str, parts: tuple[str, ...]) -> list[str]:
    """A comprehension on one line where it fits, else as ruff breaks it."""
    opening, element, loop, closing = parts
    pad = " " * 3 * INDENT
    flat = f"{pad}{target} = {opening}{element} {loop}{closing}"
    if width(flat) <= WIDTH:
        return [flat]
    joined = f"{pad}    {element} {loop}"
    inner = [joined] if width(joined) <= WIDTH else [f"{pad}    {element}", f"{pad}    {loop}"]
    made = [f"{pad}{target} = {opening}", *inner, f"{pad}{closing}"]
    if any(width(line) > WIDTH for line in made):
        made[-1] += "  # fmt: skip"
    return made
