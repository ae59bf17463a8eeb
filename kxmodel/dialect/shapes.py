"""Schemas -> shapes of attributes, and the nested structures that they need."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kxmodel.dialect.layers import Layers, gather
from kxmodel.dialect.names import ClassNames, Namespace, class_name, pascal_case
from kxmodel.dialect.positions import split
from kxmodel.dialect.scalars import scalar_shape, set_shape, types_of
from kxmodel.ir import AnyValue, Attribute, DictOf, ListOf, MapOf, Shape, Structure

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.dialect.node import Node
    from kxmodel.dialect.refs import References

#: Lists and dicts in one another, references between them included.
MAX_DEPTH: Final = 50

#: Until all of them are known, a structure is called by the place of its schema.
_Identity = tuple[str, str]


@dataclass(frozen=True)
class _Found:
    """A nested object: its layers, the property that has it, the class whose property it is."""

    layers: Layers
    property: str
    parent: str


class Shapes:
    """Reads the shapes of one table; collects the structures on the way."""

    def __init__(
        self,
        refs: References,
        names: ClassNames,
        read_members: Callable[[Layers, str, Namespace], tuple[Attribute, ...]],
    ) -> None:
        """read_members: reads the attributes of a nested object: its layers, the provisional name
        of its class, the namespace of that class."""
        self._refs = refs
        self._names = names
        self._read_members = read_members
        self._layers: dict[_Identity, Layers] = {}
        self._found: dict[_Identity, _Found] = {}
        self._pending: deque[_Identity] = deque()

    def layers(self, node: Node) -> Layers:
        """The layers of a schema. Raises SchemaError."""
        identity = node.identity
        if identity not in self._layers:
            self._layers[identity] = gather(self._refs, node)
        return self._layers[identity]

    def shape(self, layers: Layers, name: str, parent: str) -> Shape:
        """The shape of the value of property `name` of the class `parent`.

        A map's structure has a provisional name until `structures` is called. Raises SchemaError.
        """
        return self._shape(layers, name, parent, ())

    def structures(self) -> tuple[tuple[Structure, ...], dict[str, str]]:
        """All structures met so far and within them, in the order of first mention; and
        provisional name -> class name. Raises SchemaError."""
        read: dict[_Identity, Structure] = {}
        while self._pending:
            identity = self._pending.popleft()
            read[identity] = self._structure(identity)
        names = self._final_names()
        return tuple(
            replace(
                structure,
                name=names[structure.name],
                attributes=tuple(renamed(a, names) for a in structure.attributes),
            )
            for structure in read.values()
        ), names

    def _shape(self, layers: Layers, name: str, parent: str, trail: tuple[_Identity, ...]) -> Shape:
        types, nullable = types_of(layers)
        if layers.get("x-kx-type"):
            return set_shape(layers, types, nullable=nullable)
        for keyword, fitting in (
            ("x-kx-number", {"integer", "number"}),
            ("x-kx-normalise", {"string"}),
        ):
            found = layers.get(keyword)
            if (found and not types <= fitting) or (found and not types):
                found.fail(f"{keyword} needs the type {' or '.join(sorted(fitting))}", "KX132")
        if types == {"integer", "number"}:
            types = frozenset({"number"})
        if len(types) != 1:
            return AnyValue(nullable or not types)
        (kind,) = types
        if kind == "array":
            return self._list(layers, name, parent, nullable, trail)
        if kind == "object":
            return self._map(layers, name, parent, nullable, trail)
        return scalar_shape(layers, kind, nullable=nullable)

    def _list(
        self, layers: Layers, name: str, parent: str, nullable: bool, trail: tuple[_Identity, ...]
    ) -> ListOf:
        items = layers.get("items")
        if items and not layers.get("prefixItems"):
            return ListOf(self._inner(items, name, parent, trail), nullable)
        return ListOf(AnyValue(), nullable)

    def _map(
        self, layers: Layers, name: str, parent: str, nullable: bool, trail: tuple[_Identity, ...]
    ) -> MapOf | DictOf:
        if layers.bears_properties:
            main = layers.principal
            identity = main.node.identity
            if identity not in self._found:
                self._found[identity] = _Found(main, name, parent)
                self._pending.append(identity)
            return MapOf(_provisional(identity), nullable)
        values = layers.get("additionalProperties")
        if values and not layers.get("patternProperties"):
            return DictOf(self._inner(values, name, parent, trail), nullable)
        return DictOf(AnyValue(), nullable)

    def _inner(self, node: Node, name: str, parent: str, trail: tuple[_Identity, ...]) -> Shape:
        """The shape of elements or values; open where it would contain itself for ever."""
        if node.identity in trail or isinstance(node.value, bool):
            return AnyValue()
        if len(trail) > MAX_DEPTH:
            node.fail(f"more than {MAX_DEPTH} lists or maps in one another", "KX104")
        return self._shape(self.layers(node), name, parent, (*trail, node.identity))

    def _structure(self, identity: _Identity) -> Structure:
        found = self._found[identity]
        name = _provisional(identity)
        label = _label(found)
        return Structure(
            name=name,
            attributes=self._read_members(found.layers, name, Namespace.of_structure(label)),
            description=found.layers.text("description"),
            open=found.layers.open,
            pointer=found.layers.node.place,
        )

    def _final_names(self) -> dict[str, str]:
        """Provisional -> class names: those with a name of their own first, then the others."""
        final: dict[str, str] = {}
        anonymous: list[_Identity] = []
        for identity, found in self._found.items():
            if name := _own_name(found.layers.node):
                self._names.take(found.layers.node, name)
                final[_provisional(identity)] = name
            else:
                anonymous.append(identity)
        for identity in anonymous:
            found = self._found[identity]
            name = class_name(found.layers.node, found.property)
            if not self._names.free(name):
                name = final.get(found.parent, found.parent) + name
            self._names.take(found.layers.node, name)
            final[_provisional(identity)] = name
        return final


def renamed(attribute: Attribute, names: dict[str, str]) -> Attribute:
    """The attribute with the final names of structures in its shape."""
    shape = _renamed(attribute.shape, names)
    return attribute if shape is attribute.shape else replace(attribute, shape=shape)


def _renamed(shape: Shape, names: dict[str, str]) -> Shape:
    """The shape with final names; itself where there is no structure in it."""
    match shape:
        case MapOf(structure=name):
            return replace(shape, structure=names[name])
        case ListOf(item=inner):
            renamed_item = _renamed(inner, names)
            return shape if renamed_item is inner else replace(shape, item=renamed_item)
        case DictOf(value=inner):
            renamed_value = _renamed(inner, names)
            return shape if renamed_value is inner else replace(shape, value=renamed_value)
        case _:
            return shape


def _provisional(identity: _Identity) -> str:
    return "#".join(identity)


def _own_name(node: Node) -> str:
    """The class name that the schema itself has: x-kx-name, its key in $defs, or its file's."""
    given = node.text("x-kx-name")
    if given[:1].isupper():
        return given
    parts = split(node.pointer)
    if not parts:
        return class_name(node, node.document.path.stem)
    if len(parts) >= 2 and parts[-2] == "$defs":
        return class_name(node, parts[-1])
    return ""


def _label(found: _Found) -> str:
    """What messages call a structure that has no final name yet."""
    given = found.layers.node.text("x-kx-name")
    return given if given[:1].isupper() else pascal_case(found.property)
