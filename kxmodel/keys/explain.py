"""Taking keys apart again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors import ValueRefused
from kxmodel.keys.shape import fits

if TYPE_CHECKING:
    from kxmodel.keys.template import Placeholder, Step, Template


def take_apart(template: Template, key: str) -> dict[str, str] | None:
    """The text of each source in `key`, or None if the key cannot come from the template.

    A filter is undone where it can be: ``0042.50`` gives ``42.5``. For the sources in
    `template.lossy_sources` the text is what the key still tells, e.g. the day of a timestamp.
    """
    pieces = _cut(template, key)
    if pieces is None:
        return None
    texts: dict[str, str] = {}
    for placeholder, piece in pieces:
        text = placeholder.undo(piece)
        if text is None:
            return None
        if placeholder.source in template.lossy_sources:
            texts.setdefault(placeholder.source, text)
        elif not placeholder.lossy and texts.setdefault(placeholder.source, text) != text:
            return None
    return texts if _agrees(texts, pieces) else None


def matches(template: Template, key: str) -> bool:
    """Whether `key` can come from the template."""
    return take_apart(template, key) is not None


def _agrees(texts: dict[str, str], pieces: list[tuple[Placeholder, str]]) -> bool:
    """Whether a source that stands in the key whole gives the parts where it stands filtered."""
    whole = {placeholder.source for placeholder, _ in pieces if not placeholder.lossy}
    for placeholder, piece in pieces:
        if placeholder.lossy and placeholder.source in whole:
            try:
                if placeholder.text_of(texts[placeholder.source]) != piece:
                    return False
            except ValueRefused:
                return False
    return True


def _cut(template: Template, key: str) -> list[tuple[Placeholder, str]] | None:
    """`key` cut at the delimiters, or None."""
    if not key.startswith(template.literal_prefix):
        return None
    at = len(template.literal_prefix)
    pieces = []
    for step in template.steps:
        end = _end(step, key, at)
        if end <= at or not key.startswith(step.after, end):
            return None
        piece = key[at:end]
        if step.placeholder.width is not None and not fits(step.placeholder.shape, piece):
            return None
        pieces.append((step.placeholder, piece))
        at = end + len(step.after)
    return pieces if at == len(key) else None


def _end(step: Step, key: str, start: int) -> int:
    """Where the text of a step that begins at `start` ends; -1 if nowhere."""
    if step.placeholder.width is not None:
        return start + step.placeholder.width
    if step.delimiter:
        return key.find(step.delimiter, start)
    return len(key) - len(step.after)
