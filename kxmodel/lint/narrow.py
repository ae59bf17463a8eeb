"""Templates narrowed to what an entity's schema lets stand in them, to be held against each other.

`kxmodel.keys.may_collide` knows templates alone: to it any text can stand at ``${type}``, also
where the schema says that it is always ``Order``.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from kxmodel.keys import Filter, Literal, Placeholder, Template, may_collide
from kxmodel.keys.scalar import scalar_text
from kxmodel.lint.language import Text, texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.ir import Entity, Table
    from kxmodel.keys.shape import Shape

#: Combinations of enumerated values that are tried one by one; beyond, any text is assumed.
MAX_VARIANTS: Final = 64


def narrowed(table: Table, entity: Entity, template: Template) -> tuple[Template, ...]:
    """Templates that together give every key that `template` gives for the entity's valid items.

    Values that an enumeration allows have become literals, one template for each combination.
    """
    choices: list[Sequence[Text]] = []
    count = 1
    for part in template.parts:
        if isinstance(part, Literal):
            choices.append((part.text,))
            continue
        texts = texts_of(table, entity, part)
        count *= len(texts)
        choices.append(texts)
    if count > MAX_VARIANTS:
        return (template,)
    return tuple(_template(combination) for combination in product(*choices))


def beginning(text: str) -> tuple[Template, Template]:
    """Templates that together give every text that begins with `text`."""
    return _template((text,)), _template((text, Placeholder("rest", (), len(text))))


def exactly(text: str) -> Template:
    """The template whose one key is `text`."""
    return _template((text,))


def meet(one: Sequence[Template], other: Sequence[Template]) -> str | None:
    """A key that a template of each side can give, or None."""
    for left in one:
        for right in other:
            # Most pairs differ in their first characters, and need no search.
            shorter, longer = sorted((left.literal_prefix, right.literal_prefix), key=len)
            if not longer.startswith(shorter):
                continue
            key = may_collide(left, right)
            if key is not None:
                return key
    return None


def _template(pieces: Sequence[Text | Placeholder]) -> Template:
    """A template made of texts, which become literals, of shapes and of placeholders."""
    parts: list[Literal | Placeholder] = []
    text = ""
    offset = 0
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        if text:
            parts.append(Literal(text, offset))
            offset, text = offset + len(text), ""
        if isinstance(piece, Placeholder):
            parts.append(piece)
        else:
            parts.append(Placeholder("value", (_shaped(piece),), offset))
    if text or not parts:
        parts.append(Literal(text, offset))
    return Template(repr(parts), tuple(parts))


def _shaped(shape: Shape) -> Filter:
    """A filter that lets nothing but texts of that shape out; it is only ever looked at."""
    return Filter("shaped", repr(shape), False, scalar_text, lambda text: text, lambda _: shape)
