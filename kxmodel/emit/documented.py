"""An entity's schema for people and other tools: with its texts, and in standard words alone."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kxmodel.emit.subschemas import applied, rewrite, type_of
from kxmodel.ir import DictOf, ListOf, MapOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kxmodel.emit.subschemas import Schema
    from kxmodel.ir import Attribute, Entity, Shape, Structure, Table

#: The formats that no other tool knows, or knows as something wider -> the text's form. A name in
#: `_STANDARD` stays beside it.
_FORMS: Final[Mapping[str, str]] = {
    "ulid": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$",
    "e164": "^\\+[1-9][0-9]{6,14}$",
    "date-time": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$",
    "timezone": "^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}$",
    # Of ASCII letters alone: no expression knows all the others.
    "lowercase": "^[^A-Z]*$",
}
_STANDARD: Final = frozenset(
    ("date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid")
)

#: Keywords that hold for values of one type, and so want it said beside them.
_ANNOTATIONS: Final = frozenset(("$ref", "$defs", "title", "description", "default", "examples"))


def documented(table: Table, entity: Entity) -> Schema:
    """`Entity.schema` with titles, descriptions, defaults, examples and ``readOnly``.

    ``readOnly`` is what is derived or generated. Formats of ours become patterns. A schema that
    narrows what it refers to repeats its type, so that strict validators know what is narrowed.
    """
    root = rewrite(dict(entity.schema), lambda schema: schema)
    _Texts(table, root).members(root, entity.attributes, _made(entity))
    typed = rewrite(root, lambda schema: _typed(root, schema))
    plain = rewrite(typed, _standard)
    texts = {"title": entity.title, "description": entity.description}
    examples = [_plain(dict(example)) for example in entity.examples]
    head = {name: text for name, text in texts.items() if text}
    definitions = plain.pop("$defs", None)
    return {
        **({"$schema": plain.pop("$schema")} if "$schema" in plain else {}),
        **head,
        **_plain(plain),
        **({"examples": examples} if examples else {}),
        **({"$defs": _plain(definitions)} if definitions else {}),
    }


def _made(entity: Entity) -> frozenset[str]:
    """The attributes that callers do not give: derived and generated ones."""
    keys = [*entity.keys.items(), *(pair for i in entity.indexes for pair in i.keys.items())]
    derived = {name for name, t in keys if not (t.is_natural and t.sources == (name,))}
    other = {a.name for a in entity.attributes if a.derive or a.generate is not None}
    return frozenset(derived | other)


class _Texts:
    """Puts the texts of attributes beside their schemas."""

    def __init__(self, table: Table, root: Schema) -> None:
        self._structures: Mapping[str, Structure] = {one.name: one for one in table.structures}
        self._root = root
        self._done: set[int] = {id(root)}

    def members(
        self, schema: Schema, attributes: Iterable[Attribute], made: frozenset[str] = frozenset()
    ) -> None:
        properties = schema.get("properties", {})
        for attribute in attributes:
            found = properties.get(attribute.name)
            if found is True or isinstance(found, dict):
                own = found if isinstance(found, dict) else {}
                read_only = {"readOnly": True} if attribute.name in made else {}
                properties[attribute.name] = {**_texts(attribute), **own, **read_only}
                self._below(own, attribute.shape)

    def _below(self, schema: Schema, shape: Shape) -> None:
        for one in applied(self._root, schema):
            match shape:
                case MapOf() if id(one) not in self._done and "properties" in one:
                    self._done.add(id(one))
                    structure = self._structures[shape.structure]
                    if structure.description:
                        one.setdefault("description", structure.description)
                    self.members(one, structure.attributes)
                case ListOf() if isinstance(one.get("items"), dict):
                    self._below(one["items"], shape.item)
                case DictOf() if isinstance(one.get("additionalProperties"), dict):
                    self._below(one["additionalProperties"], shape.value)
                case _:
                    pass


def _texts(attribute: Attribute) -> Schema:
    said: Schema = {}
    if attribute.title:
        said["title"] = attribute.title
    if attribute.description:
        said["description"] = attribute.description
    if attribute.default is not None:
        said["default"] = attribute.default
    if attribute.examples:
        said["examples"] = [json.loads(text) for text in attribute.examples]
    return said


def _typed(root: Schema, schema: Schema) -> Schema:
    if "type" in schema or "$ref" not in schema or not schema.keys() - _ANNOTATIONS - {"readOnly"}:
        return schema
    found = type_of(root, schema)
    return schema if found is None else {"type": found, **schema}


def _standard(schema: Schema) -> Schema:
    form = _FORMS.get(str(schema.get("format")))
    if "format" in schema and schema["format"] not in _STANDARD:
        schema = {word: value for word, value in schema.items() if word != "format"}
    if form is None:
        return schema
    if "pattern" not in schema:
        return {**schema, "pattern": form}
    more = {"type": schema["type"], "pattern": form} if "type" in schema else {"pattern": form}
    return {**schema, "allOf": [*schema.get("allOf", ()), more]}


def _plain(value: Any) -> Any:
    """Without Decimal: readers of JSON have doubles for numbers with a fraction."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
