"""The members of an entity or of a nested object -> attributes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kxmodel.dialect.plain import scalar
from kxmodel.dialect.scalars import constraints_of
from kxmodel.dialect.shapes import Shapes
from kxmodel.dialect.templates import read_template
from kxmodel.ir import Attribute, Generate, Scalar, Shape, Structure, dynamo_type
from kxmodel.values.jsontext import json_text

if TYPE_CHECKING:
    from kxmodel.dialect.layers import Layers
    from kxmodel.dialect.names import ClassNames, Namespace
    from kxmodel.dialect.node import Node
    from kxmodel.dialect.refs import References

#: Keywords that the runtime carries out on an entity's own attributes only.
_TOP_LEVEL = ("x-kx-generate", "x-kx-derive")


class AttributeReader:
    """Reads the attributes of one table's entities and of the structures within them."""

    def __init__(self, refs: References, names: ClassNames) -> None:
        self._shapes = Shapes(refs, names, self._nested)

    def layers(self, node: Node) -> Layers:
        """The layers of a schema. Raises SchemaError."""
        return self._shapes.layers(node)

    def of_entity(
        self, layers: Layers, name: str, namespace: Namespace, ttl: str | None
    ) -> tuple[Attribute, ...]:
        """The declared attributes of the entity `name`. Raises SchemaError.

        ttl: the attribute that holds the table's time to live.
        """
        required = layers.required()
        return tuple(
            self._attribute(node, stored, name, namespace, stored in required, stored == ttl)
            for stored, node in layers.properties().items()
        )

    def structures(self) -> tuple[tuple[Structure, ...], dict[str, str]]:
        """See `Shapes.structures`."""
        return self._shapes.structures()

    def _nested(self, layers: Layers, name: str, namespace: Namespace) -> tuple[Attribute, ...]:
        required = layers.required()
        attributes = []
        for stored, node in layers.properties().items():
            for keyword in _TOP_LEVEL:
                if found := self.layers(node).get(keyword):
                    message = f"{keyword} is for attributes of an entity, not inside of a map"
                    found.fail(message, "KX132", at_name=True)
            attributes.append(
                self._attribute(node, stored, name, namespace, stored in required, False)
            )
        return tuple(attributes)

    def _attribute(
        self, node: Node, stored: str, owner: str, names: Namespace, required: bool, ttl: bool
    ) -> Attribute:
        layers = self.layers(node)
        shape = self._shapes.shape(layers, stored, owner)
        if ttl:
            shape = _time_to_live(node, shape)
        derive = layers.get("x-kx-derive")
        if derive and dynamo_type(shape) != "S":
            derive.fail("x-kx-derive makes text, and the type is another", "KX132")
        examples = layers.get("examples")
        return Attribute(
            name=stored,
            python_name=names.attribute(node, stored, _python_name(layers)),
            shape=shape,
            required=required,
            description=layers.text("description"),
            title=layers.text("title"),
            default=scalar(layers.value("default")),
            generate=_generate(layers, shape),
            derive=read_template(derive).text if derive else None,
            immutable=layers.flag("x-kx-immutable"),
            personal=layers.flag("x-kx-pii"),
            constraints=constraints_of(layers),
            examples=tuple(json_text(example) for example in _list(examples)),
            pointer=node.place,
        )


def _list(node: Node | None) -> list[object]:
    return list(node.value) if node and isinstance(node.value, list) else []


def _python_name(layers: Layers) -> str | None:
    """The x-kx-name that names the attribute; one in PascalCase names the nested class."""
    for found in layers.each("x-kx-name"):
        if isinstance(found.value, str) and not found.value[:1].isupper():
            return found.value
    return None


def _time_to_live(node: Node, shape: Shape) -> Shape:
    if not (isinstance(shape, Scalar) and shape.kind in ("integer", "number")):
        node.fail("the time to live is an integer: seconds since the epoch", "KX132")
    return replace(shape, kind="ttl")


def _generate(layers: Layers, shape: Shape) -> Generate | None:
    node = layers.get("x-kx-generate")
    if not node:
        return None
    kind = shape.kind if isinstance(shape, Scalar) else ""
    match node.value:
        case "created" | "updated":
            if kind != "timestamp":
                node.fail(f"{node.value} needs a string of format date-time", "KX132")
            return Generate("created" if node.value == "created" else "updated")
        case "version":
            if kind != "version":
                node.fail("version needs an integer", "KX132")
            return Generate("version")
        case _:
            if kind != "ulid":
                node.fail("ulid needs a string", "KX132")
            inner = node.get("ulid")
            return Generate("ulid", inner.text("time") if inner else None)
