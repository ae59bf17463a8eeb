"""Which attributes hold one of a few values, and the aliases that stand for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kxmodel.emit.models.layout import Group, one_line, statement
from kxmodel.emit.models.naming import free, pascal
from kxmodel.emit.models.quote import quote
from kxmodel.ir import DictOf, ListOf, Scalar
from kxmodel.values.shown import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kxmodel.emit.models.names import Scope
    from kxmodel.ir import Attribute, JsonScalar, Shape

#: More or longer values than these are a check for validation, not a type that helps anybody.
_MOST: Final = 64
_LONGEST: Final = 60
_BITS: Final = 63

_INLINE: Final = 48
"""Columns that an enumeration without a title may take where it is used."""

_TYPES: Final[Mapping[str, type]] = {
    "text": str,
    "ulid": str,
    "email": str,
    "phone": str,
    "integer": int,
    "boolean": bool,
}


@dataclass
class Enumerations:
    """The aliases of a table: name -> choices, and (owner, attribute) -> alias."""

    aliases: dict[str, tuple[JsonScalar, ...]] = field(default_factory=dict)
    used: dict[tuple[str, str], str] = field(default_factory=dict)

    def alias(self, owner: str, attribute: Attribute) -> str | None:
        """The alias for the values of an attribute of the class `owner`."""
        return self.used.get((owner, attribute.name))


def choices(shape: Shape) -> tuple[JsonScalar, ...]:
    """The values that ``Literal`` may list for this shape; none where a plain type serves better."""
    if not isinstance(shape, Scalar) or not shape.choices or shape.kind not in _TYPES:
        return ()
    kind = _TYPES[shape.kind]
    if not all(type(value) is kind for value in shape.choices if value is not None):
        return ()
    values = tuple(dict.fromkeys(value for value in shape.choices if value is not None))
    if len(values) > _MOST:
        return ()
    # mypy reads no negative literal beyond 64 bits.
    if any(isinstance(value, int) and value.bit_length() > _BITS for value in values):
        return ()
    texts = [value for value in values if isinstance(value, str)]
    if any(len(text) > _LONGEST or INVISIBLE.search(text) for text in texts):
        return ()
    return values


def literal_type(values: Iterable[JsonScalar], scope: Scope, *, run: bool = False) -> Group:
    """``Literal["a", "b"]``."""
    items = tuple(quote(v) if isinstance(v, str) else repr(v) for v in values)
    return Group(f"{scope('Literal', run=run)}[", items, "]")


def find(owners: Iterable[tuple[str, tuple[Attribute, ...]]], taken: set[str]) -> Enumerations:
    """The enumerations among the attributes of `owners` (class name, attributes).

    One with a title is an alias named by it; one without is an alias named after class and
    attribute if it is long, and else stands where it is used. New names are added to `taken`.
    """
    found = Enumerations()
    for owner, attributes in owners:
        for attribute in attributes:
            values = choices(_element(attribute.shape))
            name = _name(owner, attribute, values)
            if not values or not name:
                continue
            if found.aliases.get(name) != values:
                if name in taken:
                    name = free(f"{owner}{pascal(attribute.name)}", taken, "Choice")
                taken.add(name)
                found.aliases[name] = values
            found.used[owner, attribute.name] = name
    return found


def statements(found: Enumerations, scope: Scope) -> list[list[str]]:
    """The alias definitions, each as lines."""
    made = []
    for name, values in found.aliases.items():
        code = literal_type(values, scope, run=True)
        before = f"{name}: {scope('TypeAlias', run=True)} = {code.before}"
        made.append(statement(Group(before, code.items, code.after)))
    return made


def _element(shape: Shape) -> Shape:
    while isinstance(shape, ListOf | DictOf):
        shape = shape.item if isinstance(shape, ListOf) else shape.value
    return shape


def _name(owner: str, attribute: Attribute, values: tuple[JsonScalar, ...]) -> str:
    titled = pascal(attribute.title) if len(values) > 1 else ""
    if titled and len(titled) <= _LONGEST and attribute.title.isascii():
        return titled
    flat = one_line(Group("", tuple(repr(value) for value in values), ""))
    return "" if flat is not None and len(flat) <= _INLINE else f"{owner}{pascal(attribute.name)}"
