"""A value for a schema, nested structures included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.samples.held import Schema, flat, list_of
from kxmodel.samples.texts import number, text
from kxmodel.samples.words import PLAIN

if TYPE_CHECKING:
    from random import Random

#: Levels below which only what is required is made.
_LEVELS: Final = 6
#: Levels at which a schema that demands itself is given up.
_DEEPEST: Final = 24


@dataclass
class Maker:
    """kind: the entity's name. chance: what decides. shown: path of stored names -> examples. optional: how likely an
    attribute is made that is not required, from 0 to 1."""

    kind: str
    root: Schema
    chance: Random
    shown: Mapping[tuple[str, ...], tuple[object, ...]]
    optional: float = 0.8

    def value(self, schema: object, path: tuple[str, ...] = ()) -> object:
        """A value that most likely matches; whoever calls this validates the whole."""
        held = flat(self.root, schema, self.chance)
        if "const" in held:
            return held["const"]
        choices = [each for each in list_of(held.get("enum")) if each is not None]
        if choices:
            return self.chance.choice(choices)
        match self._type(held):
            case "object":
                return self.members(held, path)
            case "array":
                return self._elements(held, path)
            case "integer" | "number":
                shown = self._shown(path, int, float)
                return shown if shown is not None else number(self.chance, held, path[-1])
            case "boolean":
                return self.chance.random() < 0.5
            case "null":
                return None
            case _:
                name = path[-1] if path else ""
                # What a bare `name` is the name of, the entity tells.
                called = f"{self.kind}Name" if path == ("name",) else name
                return text(self.chance, held, called, self.shown.get(path, ()))

    def members(self, held: Schema, path: tuple[str, ...]) -> dict[str, object]:
        """The members of an object."""
        declared = held.get("properties")
        properties = declared if isinstance(declared, Mapping) else {}
        required = {str(name) for name in list_of(held.get("required"))}
        likely = self.optional if len(path) < _LEVELS else 0.0
        made = {
            name: self.value(schema, (*path, name))
            for name, schema in properties.items()
            if len(path) < _DEEPEST
            and (name in required or (likely and self.chance.random() < likely))
        }
        free = held.get("additionalProperties")
        if isinstance(free, Mapping) and len(path) < _LEVELS:
            for _ in range(self.chance.randint(0 if made else 1, 2)):
                name = self.chance.choice(PLAIN)
                made.setdefault(name, self.value(free, (*path, name)))
        for name in required - set(made):
            made[name] = self.value({}, (*path, name))
        return made

    def _elements(self, held: Schema, path: tuple[str, ...]) -> list[object]:
        least, most = held.get("minItems"), held.get("maxItems")
        low = max(least if isinstance(least, int) else 0, 1)
        high = min(most, low + 2) if isinstance(most, int) else low + 2
        if len(path) >= _LEVELS:
            low = high = least if isinstance(least, int) else 0
        first = [self.value(each, (*path, "item")) for each in list_of(held.get("prefixItems"))]
        items = held.get("items", {})
        if items is False:
            return first
        wanted = self.chance.randint(min(low, high), high)
        made = [*first]
        for _ in range(wanted * 4):
            if len(made) >= wanted:
                break
            element = self.value(items, path)
            if not held.get("uniqueItems") or element not in made:
                made.append(element)
        return made

    def _type(self, held: Schema) -> object:
        types = [each for each in list_of(held.get("type")) if each != "null"]
        if types:
            return types[0] if len(types) == 1 else self.chance.choice(types)
        if "null" in list_of(held.get("type")):
            return "null"
        if "properties" in held:
            return "object"
        return "array" if "items" in held else "string"

    def _shown(self, path: tuple[str, ...], *kinds: type) -> object:
        """An example of the schema, half of the time."""
        found = [
            each
            for each in self.shown.get(path, ())
            if isinstance(each, kinds) and not isinstance(each, bool)
        ]
        return self.chance.choice(found) if found and self.chance.random() < 0.5 else None
