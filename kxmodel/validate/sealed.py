"""A schema that looks at every value: what passes it is JSON, and within DynamoDB's numbers.

Looking through an instance in Python, for what jsonschema-rs takes without a word, costs more than
all of its own work. So its work is made to include the looking: in a sealed schema each value has a
type, no member is undeclared, and numbers have limits. Few instances that are valid do not pass; they
are looked through.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import orjson

from kxmodel.validate.plain import MAX_LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Schema = dict[str, object]

#: Far within DynamoDB's numbers. Those too near to zero are told by how they are written: limits that
#: leave out the middle cost more than all the rest.
_LARGEST: Final = 1e100
_MINUS: Final = b"e-"

#: Objects whose members may be declared in several places: to close one of them would be wrong.
_DECLARING: Final = frozenset(
    {
        "$dynamicRef",
        "$ref",
        "allOf",
        "anyOf",
        "dependentSchemas",
        "else",
        "if",
        "not",
        "oneOf",
        "then",
    }
)
#: What gives a reference another meaning than the path that it is.
_MOVING: Final = frozenset({"$id", "$anchor", "$dynamicAnchor"})
_DEFINITIONS: Final = "#/$defs/"

#: datetime and the like: jsonschema-rs refuses them with an error of its own.
_AS_IT_IS: Final = (
    orjson.OPT_PASSTHROUGH_SUBCLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_DATACLASS
)


def sealed(narrow: Mapping[str, object]) -> Schema | None:
    """The sealed form of a schema that `narrowed` has made; None where a value has
    no type, or depth no end."""
    return _Sealer(narrow).root()


def surely_takes(is_valid: Callable[[object], bool], instance: object) -> bool:
    """Whether a sealed schema takes an instance, in which there is then nothing that is no JSON.

    is_valid: of the compiled schema. False says nothing.
    """
    try:
        # orjson knows UTF-8, depth and Python's own types; of whole numbers, those of 64 bits.
        written = orjson.dumps(instance, option=_AS_IT_IS)
        return not _is_tiny_inside(written) and is_valid(instance)
    except (TypeError, ValueError):
        return False


def _is_tiny_inside(written: bytes) -> bool:
    """Whether a number below 1e-99 may be in a JSON text: in it stands the like of ``e-123``."""
    # From the right: CPython looks for two bytes three times as fast in that direction.
    at = written.rfind(_MINUS)
    while at >= 0:
        if written[at + 2 : at + 5].isdigit():
            return True
        at = written.rfind(_MINUS, 0, at)
    return False


class _OpenError(Exception):
    """A value that nothing would look at."""


class _Sealer:
    def __init__(self, schema: Mapping[str, object]) -> None:
        self._schema = schema
        defined = schema.get("$defs")
        self._defined: Mapping[str, object] = defined if isinstance(defined, dict) else {}
        self._made: dict[str, object] = {}
        #: The deepest place at which a definition was sealed; and those that lead to themselves, or cannot be.
        self._deepest: dict[str, int] = {}
        self._open: set[str] = set()
        self._level = 0

    def root(self) -> Schema | None:
        try:
            made = self._seal(self._schema, root=True)
        except _OpenError:
            return None
        return (
            {**made, "$defs": {**self._defined, **self._made}} if isinstance(made, dict) else None
        )

    def _seal(self, schema: object, *, root: bool = False) -> Schema | bool:
        """Raises _OpenError for a schema that leaves a value without a type."""
        if schema is False:
            return False
        if not isinstance(schema, dict) or not (root or _MOVING.isdisjoint(schema)):
            raise _OpenError
        kind = schema.get("type")
        if kind is not None:
            return self._typed(schema, {kind} if isinstance(kind, str) else {*kind})
        for seal in (self._referring, self._listed, self._all, self._any):
            made = seal(schema)
            if made is not None:
                return made
        raise _OpenError

    def _typed(self, schema: Schema, kinds: set[object]) -> Schema:
        made = dict(schema)
        if not kinds.isdisjoint({"integer", "number"}):
            made["minimum"] = max(_limit(schema, "minimum", -_LARGEST), -_LARGEST)
            made["maximum"] = min(_limit(schema, "maximum", _LARGEST), _LARGEST)
        if kinds.isdisjoint({"array", "object"}):
            return made
        if self._level == MAX_LEVELS:
            raise _OpenError
        self._level += 1
        try:
            if "object" in kinds:
                made |= self._closed(schema)
            if "array" in kinds:
                made["items"] = self._items(schema)
        finally:
            self._level -= 1
        return made

    def _items(self, schema: Schema) -> Schema | bool:
        if "prefixItems" in schema:
            raise _OpenError
        return self._seal(schema.get("items"))

    def _closed(self, schema: Schema) -> Schema:
        """The members of an object, all of them, as keywords."""
        if not _DECLARING.isdisjoint(schema):
            raise _OpenError
        made: Schema = {"additionalProperties": False}
        rest = schema.get("additionalProperties")
        if isinstance(rest, dict):
            made["additionalProperties"] = self._seal(rest)
        elif not schema.get("properties") and not schema.get("patternProperties"):
            raise _OpenError
        for keyword in ("properties", "patternProperties"):
            members = schema.get(keyword)
            if isinstance(members, dict):
                made[keyword] = {name: self._seal(member) for name, member in members.items()}
        return made

    def _referring(self, schema: Schema) -> Schema | None:
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return None
        name = reference.removeprefix(_DEFINITIONS)
        if name == reference or name not in self._defined or name in self._open:
            raise _OpenError
        if self._deepest.get(name, -1) < self._level:
            self._open.add(name)
            self._made[name] = self._seal(self._defined[name])
            self._open.discard(name)
            self._deepest[name] = self._level
        return schema

    def _listed(self, schema: Schema) -> Schema | None:
        values: object = schema.get("enum", [schema["const"]] if "const" in schema else None)
        return schema if isinstance(values, list) and all(map(_is_small, values)) else None

    def _all(self, schema: Schema) -> Schema | None:
        """One of them that looks at everything is enough."""
        parts = _parts(schema, "allOf")
        for n, part in enumerate(parts):
            try:
                made = self._seal(part)
            except _OpenError:
                continue
            return {**schema, "allOf": [*parts[:n], made, *parts[n + 1 :]]}
        return None

    def _any(self, schema: Schema) -> Schema | None:
        parts = _parts(schema, "anyOf")
        return {**schema, "anyOf": [self._seal(part) for part in parts]} if parts else None


def _parts(schema: Schema, keyword: str) -> Sequence[object]:
    parts = schema.get(keyword)
    return parts if isinstance(parts, list | tuple) else ()


def _limit(schema: Schema, keyword: str, default: float) -> int | float | Decimal:
    limit = schema.get(keyword)
    return limit if isinstance(limit, int | float | Decimal) else default


def _is_small(value: object) -> bool:
    """Whether what equals it is a scalar within DynamoDB's numbers."""
    if isinstance(value, int):
        return -_LARGEST < value < _LARGEST
    return value is None or isinstance(value, str)
