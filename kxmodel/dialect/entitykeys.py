"""The key templates of an entity: for the table's key, and for each index it appears in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.dialect.node import listed, suggestion
from kxmodel.dialect.templates import read_condition, read_template
from kxmodel.errors.base import shorten
from kxmodel.ir import Index, IndexKeys, KeyAttribute
from kxmodel.keys import Template, parse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kxmodel.dialect.keyschema import KeySchema
    from kxmodel.dialect.node import Node


@dataclass(frozen=True)
class EntityKeys:
    """What an entity puts into the table's key and into those of its indexes."""

    schema: KeySchema
    table: Mapping[str, Template]
    indexes: tuple[IndexKeys, ...] = ()

    @property
    def templates(self) -> dict[str, Template]:
        """Every key attribute -> its template, the table's own first."""
        found = dict(self.table)
        for keys in self.indexes:
            found |= keys.keys
        return found

    @property
    def used_indexes(self) -> tuple[Index, ...]:
        """The indexes in which the entity's items appear."""
        used = {keys.index for keys in self.indexes}
        return tuple(index for index in self.schema.indexes if index.name in used)

    @property
    def attributes(self) -> dict[str, KeyAttribute]:
        """Every key attribute of the entity's items by its name."""
        of_indexes = [key for index in self.used_indexes for key in index.attributes]
        return {key.name: key for key in (*self.schema.keys, *of_indexes)}

    def is_natural(self, name: str) -> bool:
        """Whether the key attribute is an attribute of its own: ``${name}`` for `name`."""
        return _is_natural(name, self.templates[name])

    def role(self, name: str) -> str:
        """What a key attribute is for, e.g. ``Sort key of the table and of GSI1``."""
        partition: list[str] = []
        sort: list[str] = []
        if name in self.table:
            (partition if name == self.schema.hash.name else sort).append("the table")
        for index in self.used_indexes:
            partition += [index.name] * any(key.name == name for key in index.hash)
            sort += [index.name] * any(key.name == name for key in index.range)
        roles = [("partition key", partition), ("sort key", sort)]
        roles.sort(key=lambda role: "the table" not in role[1])
        text = ", ".join(f"{role} of {' and of '.join(of)}" for role, of in roles if of)
        return text[:1].upper() + text[1:]


def read_keys(declared: Node, schema: KeySchema, members: Collection[str]) -> EntityKeys:
    """Read the templates of an ``x-kx-entity``.

    members: the stored names of the entity's declared attributes.

    ``${SK}`` where SK is a key attribute with a template of its own stands for that template. A key
    attribute of an index that has no template there has the one it has in the table (an inverted
    index), or is an attribute of its own. Raises SchemaError (KX131, and the codes of templates).
    """
    node = declared.get("keys")
    assert node
    _check_names(node, [key.name for key in schema.keys], f"the table {schema.name}")
    keys = EntityKeys(schema, {})
    for key in schema.keys:
        template = node.get(key.name)
        if not template:
            node.fail(f"the key attribute {shorten(key.name)} has no template", "KX131")
        found = _template(template, key, members, keys)
        keys = EntityKeys(schema, {**keys.table, key.name: found})
    indexes = {index.name: index for index in schema.indexes}
    for name, entry in declared.members("indexes"):
        if name not in indexes:
            near = suggestion(name, indexes) or f"; the table has {listed(list(indexes))}"
            entry.fail(f"there is no index {shorten(name)}{near}", "KX131", at_name=True)
        added = _index_keys(entry, indexes[name], members, keys)
        keys = EntityKeys(schema, keys.table, (*keys.indexes, added))
    _check_sources(declared, keys)
    return keys


def _index_keys(entry: Node, index: Index, members: Collection[str], keys: EntityKeys) -> IndexKeys:
    given = entry.get("keys")
    if given:
        _check_names(given, [key.name for key in index.attributes], f"the index {index.name}")
    before = keys.templates
    templates: dict[str, Template] = {}
    for key in index.attributes:
        node = given.get(key.name) if given else None
        if node:
            template = _template(node, key, members, keys)
            if before.get(key.name, template) != template:
                message = f"{shorten(key.name)} has another template in another key"
                node.fail(f"{message}: {before[key.name]}", "KX131")
        elif key.name in before:
            template = before[key.name]
        elif key.name in members:
            template = parse(f"${{{key.name}}}")
        else:
            message = f"the key attribute {shorten(key.name)} of {index.name} has no template"
            entry.fail(f"{message} and is no attribute", "KX131", at_name=True)
        templates[key.name] = template
    when = entry.get("when")
    return IndexKeys(index.name, templates, read_condition(when) if when else None)


def _template(
    node: Node, key: KeyAttribute, members: Collection[str], keys: EntityKeys
) -> Template:
    template = read_template(node)
    if template.is_natural and (other := keys.templates.get(template.sources[0])):
        template = other
    elif _is_natural(key.name, template) and key.name not in members:
        message = f"{template} needs the attribute {shorten(key.name)} among the properties"
        node.fail(message, "KX131")
    if key.type != "S" and not template.is_natural:
        message = f"the key {shorten(key.name)} is of type {key.type}, and {template} makes text"
        node.fail(message, "KX131")
    return template


def _is_natural(name: str, template: Template) -> bool:
    return template.is_natural and template.sources == (name,)


def _check_names(node: Node, known: list[str], owner: str) -> None:
    for name, entry in node.members():
        if name not in known:
            near = suggestion(name, known) or f"; it has {listed(known)}"
            message = f"{shorten(name)} is no key attribute of {owner}{near}"
            entry.fail(message, "KX131", at_name=True)


def _check_sources(declared: Node, keys: EntityKeys) -> None:
    """That no template is made of a key attribute that is derived itself."""
    derived = {name for name in keys.templates if not keys.is_natural(name)}
    for name, template in keys.templates.items():
        for source in template.sources:
            if source.partition(".")[0] in derived:
                declared.fail(
                    f"the template of {shorten(name)} has the source {shorten(source)}, which is "
                    "derived itself",
                    "KX131",
                    fix="Write the sources of that key attribute instead.",
                )
