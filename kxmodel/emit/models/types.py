"""Shapes as annotations: what an attribute reads as, and what may be given for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.emit.models.enumerations import Enumerations, choices, literal_type
from kxmodel.emit.models.layout import one_line
from kxmodel.ir import AnyValue, DictOf, ListOf, MapOf, Scalar, SetOf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.emit.models.names import Scope
    from kxmodel.ir import Attribute, Shape

_SCALARS: Final[Mapping[str, str]] = {
    "text": "str",
    "ulid": "str",
    "email": "str",
    "phone": "str",
    "timestamp": "datetime",
    "ttl": "datetime",
    "integer": "int",
    "number": "float",
    "decimal": "Decimal",
    "version": "int",
    "boolean": "bool",
    "binary": "bytes",
}
_ALSO_GIVEN: Final[Mapping[str, str]] = {"timestamp": "str", "ttl": "timedelta"}


@dataclass(frozen=True)
class Types:
    """The annotations of one table. `plain`: members kept as plain dicts, (owner, attribute)."""

    enumerations: Enumerations
    plain: frozenset[tuple[str, str]] = frozenset()

    def read(self, owner: str, attribute: Attribute, scope: Scope) -> str:
        """What the attribute of the class `owner` reads as, None aside."""
        return self._attribute(owner, attribute, scope, given=False)

    def given(self, owner: str, attribute: Attribute, scope: Scope) -> str:
        """What may be given for the attribute, None aside."""
        return self._attribute(owner, attribute, scope, given=True)

    def _attribute(self, owner: str, attribute: Attribute, scope: Scope, *, given: bool) -> str:
        if (owner, attribute.name) in self.plain:
            return scope("JsonValue")
        alias = self.enumerations.alias(owner, attribute)
        return _type(attribute.shape, alias, scope, given=given)


def python_type(shape: Shape) -> str:
    """The name of the Python type that a scalar reads as; for what is none, its own."""
    return _SCALARS.get(shape.kind, "") if isinstance(shape, Scalar) else type(shape).__name__


def optional(annotation: str) -> str:
    """The annotation with None, unless it has it."""
    return annotation if annotation.endswith(("JsonValue", "None")) else f"{annotation} | None"


def _type(shape: Shape, alias: str | None, scope: Scope, *, given: bool) -> str:
    match shape:
        case Scalar():
            return _scalar(shape, alias, scope, given=given)
        case SetOf():
            return f"{scope('set')}[{scope(_SCALARS[shape.kind])}]"
        case MapOf():
            own = scope.own(shape.structure)
            if not given:
                return own
            return f"{own} | {scope('Mapping')}[{scope('str')}, {scope('JsonValue')}]"
        case ListOf():
            inner = _inner(shape.item, alias, scope, given=given)
            return f"{scope('Sequence' if given else 'list')}[{inner}]"
        case DictOf():
            inner = _inner(shape.value, alias, scope, given=given)
            return f"{scope('Mapping' if given else 'dict')}[{scope('str')}, {inner}]"
        case AnyValue():
            return scope("JsonValue")


def _inner(shape: Shape, alias: str | None, scope: Scope, *, given: bool) -> str:
    inner = _type(shape, alias, scope, given=given)
    return optional(inner) if shape.nullable else inner


def _scalar(shape: Scalar, alias: str | None, scope: Scope, *, given: bool) -> str:
    if shape.kind == "null":
        return "None"
    if alias is not None:
        return scope.own(alias)
    values = choices(shape)
    if values:
        flat = one_line(literal_type(values, scope))
        if flat is not None:
            return flat
    annotation = scope(_SCALARS[shape.kind])
    also = _ALSO_GIVEN.get(shape.kind)
    return f"{annotation} | {scope(also)}" if given and also is not None else annotation
