"""Key templates: text and ``${path|filter:argument}``, as values that can be looked into.

`parse` in `kxmodel.keys.parser` makes them. ``$$`` stands for one ``$``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from kxmodel.keys.scalar import scalar_text
from kxmodel.keys.shape import FREE, Shape, width

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.keys.filters import Apply, Filter


class Literal(NamedTuple):
    """Text that stands in every key. `offset` is its place in the template, counted from 0."""

    text: str
    offset: int


@dataclass(frozen=True)
class Placeholder:
    """A source in a key.

    source: stored names joined by dots, e.g. ``contactInfo.phone``.
    offset: where its ``${`` stands in the template, counted from 0.
    """

    source: str
    filters: tuple[Filter, ...]
    offset: int

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The stored names from the item's root."""
        return tuple(self.source.split("."))

    @cached_property
    def default(self) -> str | None:
        """The text that a missing source counts as, if there is one."""
        return self.filters[0].default if self.filters else None

    @cached_property
    def lossy(self) -> bool:
        """Whether different values can give one text."""
        return any(bound.lossy for bound in self.filters)

    @cached_property
    def shape(self) -> Shape:
        """The texts that can stand here."""
        shape = FREE
        for bound in self.filters:
            shape = bound.shape(shape)
        return shape

    @cached_property
    def width(self) -> int | None:
        """How many characters stand here, or None where that differs from item to item."""
        return width(self.shape)

    @cached_property
    def text_of(self) -> Apply:
        """The text of a value that is present. Raises ValueRefused."""
        steps = [bound.apply for bound in self.filters if bound.default is None]
        return _chain(steps) if steps else scalar_text

    def undo(self, text: str) -> str | None:
        """The source's text, given what stands in the key; what is left of it where that is lossy.

        None if `text` cannot stand here; it has the right width already.
        """
        current: str | None = text
        for bound in reversed(self.filters):
            if current is None:
                return None
            current = bound.undo(current)
            if bound.lossy:
                break
        return current


class Step(NamedTuple):
    """A placeholder and what the render path has to know of it.

    delimiter: the text that its value may not contain, or "" where it may contain anything.
    after: the literal that follows it. name: the attribute whose text stands there as it is, if it is
    that simple: no path into a map, no filter, a delimiter of one character.
    """

    placeholder: Placeholder
    delimiter: str
    after: str
    name: str | None = None


class Template:
    """A parsed key template. Two are equal if their texts are."""

    def __init__(self, text: str, parts: tuple[Literal | Placeholder, ...]) -> None:
        self.text: Final = text
        self.parts: Final = parts

    def __repr__(self) -> str:
        return f"Template(text={self.text!r}, parts={self.parts!r})"

    def __reduce__(self) -> tuple[Callable[[str], Template], tuple[str]]:
        from kxmodel.keys.parser import parse

        return parse, (self.text,)

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Template) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """The placeholders, from left to right."""
        return tuple(part for part in self.parts if isinstance(part, Placeholder))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The dotted paths of the sources, from left to right, each once."""
        return tuple(dict.fromkeys(part.source for part in self.placeholders))

    @cached_property
    def is_constant(self) -> bool:
        """Whether every item has the same key."""
        return not self.placeholders

    @cached_property
    def is_natural(self) -> bool:
        """Whether the key is an attribute as it is: one placeholder, no filter, no text."""
        return len(self.parts) == 1 and self.placeholders != () and not self.placeholders[0].filters

    @cached_property
    def lossy_sources(self) -> frozenset[str]:
        """The sources that a key does not tell whole, since they stand in it only filtered."""
        whole = {part.source for part in self.placeholders if not part.lossy}
        return frozenset(self.sources) - whole

    @property
    def lossy(self) -> bool:
        """Whether two items with different sources can have one key."""
        return bool(self.lossy_sources)

    @cached_property
    def literal_prefix(self) -> str:
        """The text that every key begins with; all of it for a constant."""
        first = self.parts[0]
        return first.text if isinstance(first, Literal) else ""

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The placeholders with what surrounds them. `literal_prefix` comes before the first."""
        steps = []
        last = self.placeholders[-1] if self.placeholders else None
        for part, following in zip(self.parts, (*self.parts[1:], None), strict=True):
            if isinstance(part, Placeholder):
                after = following.text if isinstance(following, Literal) else ""
                guarded = part is not last and part.width is None
                delimiter = after if guarded else ""
                simple = len(part.path) == 1 and not part.filters and len(delimiter) <= 1
                steps.append(Step(part, delimiter, after, part.path[0] if simple else None))
        return tuple(steps)


def delimiters(template: Template) -> tuple[tuple[str, str], ...]:
    """Each source whose value must be free of a delimiter, with that delimiter.

    These are the placeholders before the last that have no fixed width.
    """
    return tuple((s.placeholder.source, s.delimiter) for s in template.steps if s.delimiter)


def holds_delimiter(text: str, delimiter: str) -> bool:
    """Whether `text` followed by `delimiter` would be cut in the wrong place.

    That is more than containing it: ``a-`` before ``--`` gives ``a---``, cut after the ``a``.
    """
    return (text + delimiter).find(delimiter) != len(text)


def _chain(steps: list[Apply]) -> Apply:
    if len(steps) == 1:
        return steps[0]

    def run(value: object) -> str:
        for step in steps:
            value = step(value)
        return str(value)

    return run
