"""Key templates from the keys of items: which of their attributes stand in them, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.adopt.guess.form import DELIMITERS, Form
from kxmodel.errors import KxError
from kxmodel.keys import parse, render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Names that a template can reach.
_SOURCE: Final = re.compile(r"[^\s.|{}$\[\]\x00-\x1f\x7f]+")

#: Parts that a key is taken to have at most.
_MOST_PARTS: Final = 8


@dataclass(frozen=True)
class Guess:
    """A key template.

    invented: the name of a source that the items do not have, or None; values: what it is in each.
    """

    template: str
    invented: str | None = None
    values: tuple[str, ...] = ()


def is_source(name: str) -> bool:
    """Whether a template can name the attribute."""
    return _SOURCE.fullmatch(name) is not None


def natural(name: str) -> str:
    """The template of a key attribute that is an attribute of its own."""
    return f"${{{name}}}"


def literal(text: str) -> str:
    """`text` as it stands in a template."""
    return text.replace("$", "$$")


def guess(
    keys: Sequence[str],
    form: Form,
    items: Sequence[Mapping[str, object]],
    candidates: Sequence[str],
    new_name: str | None,
) -> Guess | None:
    """The template that gives each item its key; None where nothing shows one.

    keys: the key of each item. candidates: attributes that may stand in it, the likelier first.
    new_name: what to call a part that no attribute has; None: every part must be found.
    """
    for found in _guesses(keys, form, items, candidates, new_name):
        if _gives(found, keys, items):
            return found
    return None


def _guesses(
    keys: Sequence[str],
    form: Form,
    items: Sequence[Mapping[str, object]],
    candidates: Sequence[str],
    new_name: str | None,
) -> list[Guess]:
    if form.constant:
        return [Guess(literal(form.text))]
    start = literal(form.text)
    rests = [key[len(form.text) :] for key in keys]
    guesses = []
    whole = _same(rests, items, candidates)
    # One item alone says little: any two of its attributes may happen to be alike.
    if whole is not None and (form.text or len(set(rests)) > 1):
        guesses.append(Guess(start + natural(whole)))
    for delimiter in DELIMITERS:
        split = _parts(rests, delimiter, items, candidates, new_name)
        if split is not None:
            guesses.append(Guess(start + split.template, split.invented, split.values))
    if form.text and new_name is not None:
        guesses.append(Guess(start + natural(new_name), new_name, tuple(rests)))
    return guesses


def _parts(
    rests: Sequence[str],
    delimiter: str,
    items: Sequence[Mapping[str, object]],
    candidates: Sequence[str],
    new_name: str | None,
) -> Guess | None:
    """The rests cut at the delimiter, each part a constant, an attribute or (once) a new source."""
    rows = [rest.split(delimiter) for rest in rests]
    count = len(rows[0])
    if not 2 <= count <= _MOST_PARTS or any(len(row) != count or not all(row) for row in rows):
        return None
    pieces: list[str] = []
    invented: tuple[str, ...] | None = None
    for column in zip(*rows, strict=True):
        source = _same(column, items, candidates)
        if source is not None:
            pieces.append(natural(source))
        elif len(set(column)) == 1 and (len(column) > 1 or column[0].isupper()):
            pieces.append(literal(column[0]))
        elif invented is None and new_name is not None:
            invented = column
            pieces.append(natural(new_name))
        else:
            return None
    text = delimiter.join(pieces)
    return Guess(text, None if invented is None else new_name, invented or ())


def _same(
    texts: Sequence[str], items: Sequence[Mapping[str, object]], candidates: Sequence[str]
) -> str | None:
    """The first candidate that has these texts in all items."""
    for name in candidates:
        if all(item.get(name) == text for item, text in zip(items, texts, strict=True)):
            return name
    return None


def _gives(found: Guess, keys: Sequence[str], items: Sequence[Mapping[str, object]]) -> bool:
    """Whether the one implementation makes these keys of the items by the template."""
    try:
        template = parse(found.template)
        for number, (item, key) in enumerate(zip(items, keys, strict=True)):
            values = dict(item)
            if found.invented is not None:
                values[found.invented] = found.values[number]
            if render(template, values) != key:
                return False
    except KxError:
        return False
    return True
