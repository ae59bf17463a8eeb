"""The root of a schema file -> the table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kxmodel.dialect.attributes import AttributeReader
from kxmodel.dialect.bundle import bundle
from kxmodel.dialect.document import Places
from kxmodel.dialect.entities import EntityReader
from kxmodel.dialect.keyschema import KeySchema, read_key_schema, read_settings
from kxmodel.dialect.names import ClassNames, Namespace
from kxmodel.dialect.node import listed, suggestion
from kxmodel.dialect.patterns import PatternReader
from kxmodel.dialect.recognition import with_recognition
from kxmodel.dialect.shapes import renamed
from kxmodel.errors.base import shorten
from kxmodel.ir import Table

if TYPE_CHECKING:
    from kxmodel.dialect.layers import Layers
    from kxmodel.dialect.node import Node
    from kxmodel.dialect.refs import References
    from kxmodel.ir import AccessPattern, Entity, KeyAttribute, Structure


@dataclass(frozen=True)
class _Declared:
    """An entity while the table is read: where it stands, and its Python names."""

    entity: Entity
    node: Node
    names: Namespace


def build_table(refs: References, root: Node) -> Table:
    """The table of a file that holds against the meta-schema. Raises SchemaError."""
    table = root.get("x-kx-table")
    assert table
    schema = read_key_schema(table)
    classes = ClassNames()
    attributes = AttributeReader(refs, classes)
    reader = EntityReader(schema, attributes, table.text("ttl") or None)
    declared = [_entity(node, reader, classes) for node in _entity_nodes(root)]
    structures, names = attributes.structures()
    entities = with_recognition(
        [
            (_finished(refs, found, attributes.layers(found.node), schema, names), found.node)
            for found in declared
        ]
    )
    _check_named(table, "ttl", entities)
    _check_named(table, "tenant", entities)
    patterns = _patterns(root, schema, entities, structures, declared)
    return Table(
        name=schema.name,
        source=root.document.file,
        hash=schema.hash,
        range=schema.range,
        indexes=schema.indexes,
        entities=entities,
        patterns=patterns,
        structures=structures,
        tenant=table.text("tenant") or None,
        title=root.text("title"),
        description=root.text("description"),
        settings=read_settings(table),
        locations=Places(refs.documents),
    )


def _entity_nodes(root: Node) -> list[Node]:
    """The root, or the entries of its $defs, that declare an entity."""
    entries = [node for _, node in root.members("$defs") if node.has("x-kx-entity")]
    if root.has("x-kx-entity"):
        if entries:
            entries[0].fail(
                "an entity in $defs beside one at the root",
                "KX131",
                at_name=True,
                fix="Put all entities of the table into $defs.",
            )
        return [root]
    if not entries:
        root.fail(
            "the table has no entity: x-kx-entity is neither at the root nor in $defs", "KX131"
        )
    return entries


def _entity(node: Node, reader: EntityReader, classes: ClassNames) -> _Declared:
    declared = node.get("x-kx-entity")
    assert declared
    name = declared.get("name")
    assert name
    classes.take(name, declared.text("name"), at_name=False)
    names = Namespace.of_entity(declared.text("name"))
    for index in reader.schema.indexes:
        names.take(node, index.python_name, f"the index {shorten(index.name)}")
    return _Declared(reader.read(node, names), node, names)


def _finished(
    refs: References, found: _Declared, layers: Layers, schema: KeySchema, names: dict[str, str]
) -> Entity:
    """The entity with the final names of its structures, and with its plain schema."""
    entity = found.entity
    used = {keys.index for keys in entity.indexes}
    keys: dict[str, KeyAttribute] = {key.name: key for key in schema.keys}
    for index in schema.indexes:
        if index.name in used:
            keys |= {key.name: key for key in index.attributes}
    inherited = layers.properties()
    missing = {name: key for name, key in keys.items() if name not in inherited}
    return replace(
        entity,
        attributes=tuple(renamed(attribute, names) for attribute in entity.attributes),
        schema=bundle(refs, found.node, missing),
    )


def _patterns(
    root: Node,
    schema: KeySchema,
    entities: tuple[Entity, ...],
    structures: tuple[Structure, ...],
    declared: list[_Declared],
) -> tuple[AccessPattern, ...]:
    reader = PatternReader(schema, entities, {s.name: s for s in structures})
    names = {found.entity.name: found.names for found in declared}
    patterns = []
    for name, node in root.members("x-kx-patterns"):
        pattern = reader.read(name, node)
        names[pattern.entity].take(node, name, f"the pattern {shorten(name)}")
        patterns.append(pattern)
    return tuple(patterns)


def _check_named(table: Node, role: str, entities: tuple[Entity, ...]) -> None:
    """That the attribute which x-kx-table names for a role is one of some entity."""
    node = table.get(role)
    if not node:
        return
    known = list(dict.fromkeys(name for entity in entities for name in entity.members))
    if node.value not in known:
        near = suggestion(str(node.value), known) or f"; there is {listed(known)}"
        node.fail(f"no entity has the attribute {shorten(node.value)}{near}", "KX130")
