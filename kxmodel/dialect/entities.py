"""``x-kx-entity``: a kind of item, with its attributes and keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kxmodel.dialect.entitykeys import EntityKeys, read_keys
from kxmodel.dialect.node import suggestion
from kxmodel.dialect.plain import plain
from kxmodel.dialect.scalars import types_of
from kxmodel.errors.base import shorten
from kxmodel.ir import Attribute, Entity, KeyAttribute, Scalar, Shape, dynamo_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.dialect.attributes import AttributeReader
    from kxmodel.dialect.keyschema import KeySchema
    from kxmodel.dialect.names import Namespace
    from kxmodel.dialect.node import Node
    from kxmodel.keys import Template


@dataclass(frozen=True)
class EntityReader:
    """Reads the entities of one table; `ttl` is the attribute of its time to live."""

    schema: KeySchema
    attributes: AttributeReader
    ttl: str | None

    def read(self, node: Node, namespace: Namespace) -> Entity:
        """The entity that the object schema `node` declares.

        namespace: where its Python names are taken. Its `schema` and `recognition` are still empty,
        and nested structures have provisional names.

        Raises SchemaError: KX131 (key templates that lack or are too many), KX130 (a key attribute
        of another type than the key declares), KX132, KX120-KX122 and the codes of templates.
        """
        declared = node.get("x-kx-entity")
        assert declared
        layers = self.attributes.layers(node)
        if types_of(layers)[0] - {"object"}:
            node.fail("an entity is an object", "KX132")
        name = declared.text("name")
        own = self.attributes.of_entity(layers, name, namespace, self.ttl)
        properties = layers.properties()
        members = {attribute.name: attribute for attribute in own}
        keys = read_keys(declared, self.schema, members)
        for attribute in own:
            _check_ulid(properties[attribute.name], attribute, members)
            if attribute.name in keys.templates:
                node_of_key = properties[attribute.name]
                members[attribute.name] = _key_attribute(node_of_key, attribute, keys)
        for derived in _undeclared(node, keys, members, namespace):
            members[derived.name] = derived
        return Entity(
            name=name,
            attributes=tuple(members.values()),
            keys=keys.table,
            indexes=keys.indexes,
            description=layers.text("description"),
            title=layers.text("title"),
            user_class=declared.text("class") or None,
            open=layers.open,
            examples=tuple(_examples(node)),
            location=node.location,
            pointer=node.place,
        )


def _examples(node: Node) -> Iterator[Mapping[str, object]]:
    for example in node.elements("examples"):
        value = plain(example.value)
        if not isinstance(value, dict):
            example.fail("an example of an entity is a whole item: an object", "KX108")
        yield value


def _key_attribute(node: Node, attribute: Attribute, keys: EntityKeys) -> Attribute:
    """A declared attribute that is part of a key, checked. Raises SchemaError."""
    name = attribute.name
    natural = keys.is_natural(name)
    if attribute.derive:
        node.fail(f"{shorten(name)} is a key attribute: its template stands in `keys`", "KX131")
    if attribute.generate and not natural:
        node.fail(f"{shorten(name)} is both generated and derived as a key", "KX131")
    key = keys.attributes[name]
    if not isinstance(attribute.shape, Scalar) or dynamo_type(attribute.shape) != key.type:
        node.fail(
            f"{shorten(name)} is a key attribute of type {key.type}, and its schema is of another",
            "KX130",
            fix='Declare the key as {"name": ..., "type": "N"}, or the attribute as a string.',
        )
    # Callers never give a derived key, whatever the stored item is required to have.
    required = natural and (name in keys.table or attribute.required)
    return replace(attribute, required=required)


def _undeclared(
    node: Node, keys: EntityKeys, members: Mapping[str, Attribute], namespace: Namespace
) -> Iterator[Attribute]:
    """The key attributes that `properties` does not describe."""
    for name, template in keys.templates.items():
        if name not in members:
            yield Attribute(
                name=name,
                python_name=namespace.attribute(node, name, None),
                shape=_derived_shape(keys.attributes[name], template, members),
                description=f"{keys.role(name)}, derived: `{template}`.",
                pointer=node.place,
            )


def _derived_shape(
    key: KeyAttribute, template: Template, members: Mapping[str, Attribute]
) -> Shape:
    """Text; for a number or binary key, which has one source and no filter, the source's shape."""
    if key.type == "S":
        return Scalar("text")
    source = members.get(template.sources[0])
    if source and isinstance(source.shape, Scalar) and dynamo_type(source.shape) == key.type:
        return replace(source.shape, nullable=False)
    return Scalar("decimal" if key.type == "N" else "binary")


def _check_ulid(node: Node, attribute: Attribute, members: Mapping[str, Attribute]) -> None:
    """That the time of a generated ULID is an attribute that holds a time."""
    if attribute.generate is None or attribute.generate.time is None:
        return
    stamps = [
        member.name
        for member in members.values()
        if isinstance(member.shape, Scalar) and member.shape.kind == "timestamp"
    ]
    time = attribute.generate.time
    if time not in stamps:
        node.fail(
            f"the ULID takes its time from {shorten(time)}, which is no attribute of format "
            f"date-time{suggestion(time, stamps)}",
            "KX132",
        )
