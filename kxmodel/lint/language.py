"""Which texts a source can put into a key, as far as the schema says.

Never less than what can stand there: where the schema is silent, anything can.
"""

from __future__ import annotations

import string
from functools import reduce
from typing import TYPE_CHECKING, Final

from kxmodel.dialect import shape_at
from kxmodel.errors import KxError
from kxmodel.ir import Scalar
from kxmodel.keys import FILTERS
from kxmodel.keys.scalar import scalar_text
from kxmodel.keys.shape import ANY, DIGIT, FREE, CharClass, Run, Shape, mask, one_of
from kxmodel.keys.template import holds_delimiter
from kxmodel.lint.alphabet import NOTHING, alphabet, both, either
from kxmodel.lint.itemschema import Held, held_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.ir import Entity, Table
    from kxmodel.keys import Placeholder

#: A text, or a shape that texts have.
Text = str | Shape

_CAPITALS: Final = frozenset(string.ascii_uppercase)
_CROCKFORD: Final = one_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_HEX: Final = string.hexdigits
_ALNUM: Final = string.ascii_letters + string.digits


def _some(characters: str) -> Shape:
    return (Run(one_of(characters), 1, None),)


_SIGN: Final = Run(one_of("-"), 0, 1)
_INTEGER: Final[Shape] = (_SIGN, Run(DIGIT, 1, None))

#: Kinds of scalars whose texts have a shape of their own. An e-mail address has what RFC 5322 lets
#: stand in a dot-atom, ``#`` included, and letters beyond ASCII.
_KINDS: Final[Mapping[str, Shape]] = {
    "ulid": (Run(one_of("01234567")), Run(_CROCKFORD, 25, 25)),
    "timestamp": mask("0000-00-00T00:00:00.000Z"),
    "phone": FILTERS["e164"].bind(None).shape(FREE),
    "email": (
        Run(CharClass(frozenset(string.whitespace + '()<>[]:;,\\"') | _CAPITALS, True), 1, None),
    ),
    "integer": _INTEGER,
    "version": _INTEGER,
    "ttl": _INTEGER,
    "number": (_SIGN, Run(one_of("0123456789."), 1, None)),
    "decimal": (_SIGN, Run(one_of("0123456789."), 1, None)),
}

#: Formats of text that validation asserts, see `kxmodel.validate.FORMATS`.
_FORMATS: Final[Mapping[str, Shape]] = {
    "email": (Run(CharClass(frozenset(string.whitespace + '()<>[]:;,\\"'), True), 1, None),),
    "lowercase": (Run(CharClass(_CAPITALS, True), 1, None),),
    "date": mask("0000-00-00"),
    "time": _some("0123456789:.TtZz+-"),
    "uuid": (Run(one_of(_HEX + "-"), 36, 36),),
    "ipv4": _some(string.digits + "."),
    "ipv6": _some(_HEX + ":."),
    "hostname": _some(_ALNUM + "-."),
    "timezone": _some(_ALNUM + "_+-/"),
    "uri": _some(_ALNUM + "-._~:/?#[]@!$&'()*+,;=%"),
}


def texts_of(table: Table, entity: Entity, placeholder: Placeholder) -> tuple[Text, ...]:
    """What the placeholder can be in keys of the entity; empty if no value passes its filters."""
    sources = source_texts(table, entity, placeholder.source)
    if placeholder.default is not None:
        sources += (placeholder.default,)
    if not placeholder.filters:
        return sources
    return tuple(text for source in sources if (text := _filtered(placeholder, source)) is not None)


def source_texts(table: Table, entity: Entity, path: str) -> tuple[Text, ...]:
    """What a source can be as text, before any filter."""
    shape = shape_at(entity, {s.name: s for s in table.structures}, path)
    if not isinstance(shape, Scalar):
        return (FREE,)
    if shape.choices:
        return tuple(_written(choice) for choice in shape.choices if choice not in (None, ""))
    if shape.kind == "boolean":
        return ("false", "true")
    held = held_at(entity, path)
    if shape.kind in ("text", "email"):
        return (_text(held, shape),)
    found = _KINDS.get(shape.kind, FREE)
    if shape.kind in ("integer", "number", "decimal") and _not_negative(held):
        return (found[1:],)
    return (found,)


def letters(text: Text) -> CharClass:
    """The characters that can occur."""
    if isinstance(text, str):
        return one_of(text)
    return reduce(either, (run.chars for run in text), NOTHING)


def may_hold(text: Text, delimiter: str) -> bool:
    """Whether a key could be cut in the wrong place: see `holds_delimiter`."""
    if isinstance(text, str):
        return holds_delimiter(text, delimiter)
    chars = letters(text)
    if all(character in chars for character in delimiter):
        return True
    # Else only the end of the text and the beginning of the delimiter could make one together.
    return any(
        delimiter[size:] == delimiter[: len(delimiter) - size]
        and all(character in chars for character in delimiter[:size])
        for size in range(1, len(delimiter))
    )


def _filtered(placeholder: Placeholder, text: Text) -> Text | None:
    if isinstance(text, str):
        try:
            return placeholder.text_of(text)
        except KxError:
            return None
    for bound in placeholder.filters:
        text = bound.shape(text)
    return text


def _text(held: Held, shape: Scalar) -> Shape:
    found = _KINDS["email"] if shape.kind == "email" else FREE
    for name in held.texts("format"):
        found = _around(found, _FORMATS.get(name, FREE))
    chars = reduce(both, map(alphabet, held.texts("pattern")), ANY)
    if shape.lower:
        chars = both(chars, CharClass(_CAPITALS, negated=True))
    return tuple(Run(both(run.chars, chars), run.least, run.most) for run in found)


def _around(one: Shape, other: Shape) -> Shape:
    """A shape around the texts that have both shapes."""
    if one == FREE or other == FREE:
        return other if one == FREE else one
    chars = reduce(either, (run.chars for run in other), NOTHING)
    return tuple(Run(both(run.chars, chars), run.least, run.most) for run in one)


def _not_negative(held: Held) -> bool:
    return any(least >= 0 for key in ("minimum", "exclusiveMinimum") for least in held.numbers(key))


def _written(choice: object) -> str:
    try:
        return scalar_text(choice)
    except KxError:
        return str(choice)
