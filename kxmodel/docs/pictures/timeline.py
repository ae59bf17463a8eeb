"""The migrations in the order in which they are applied, with a mark for each operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kxmodel.docs.pictures import svg
from kxmodel.docs.pictures.lanes import lanes
from kxmodel.docs.pictures.measure import cut, text_width, wrapped
from kxmodel.docs.pictures.palette import hue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.docs.project import Operation, Revision

_WIDTH: Final = 680
_LANE: Final = 22
_TOP: Final = 44
"""From a migration's dot to its first operation."""
_ROW: Final = 22
_LINE: Final = 16
"""Between the lines of one operation."""


class _Mark(NamedTuple):
    """What an operation does to what is there: a sign, the number of a hue, and a word."""

    sign: str
    hue: int
    word: str
    kinds: tuple[str, ...] = ()
    """What the names of such operations begin with."""


_MARKS: Final = (
    _Mark("+", 2, "adds", ("Create", "Add")),
    _Mark("\u2212", 7, "removes", ("Drop", "Remove")),
    _Mark("\u2192", 0, "rewrites items", ("Backfill", "Derive", "Rekey", "Rename", "Transform")),
    _Mark("\u2713", 5, "checks", ("Validate", "Verify")),
    _Mark("\u2022", 4, "changes"),
)


def timeline(revisions: Sequence[Revision], name: str) -> svg.Drawn:
    """The picture. name: unique on a page."""
    places = lanes({each.name: each.follows for each in revisions})
    left = 24 + _LANE * (max(places.values(), default=0) + 1)
    spots: dict[str, tuple[float, float]] = {}
    y = 28.0
    texts = []
    for each in revisions:
        spots[each.name] = (20 + _LANE * places[each.name], y)
        texts.append(_revision(each, left, y))
        y += _TOP + sum(_height(one, left) for one in each.operations) + 6
    rails = [
        _rail(spots[parent], spots[each.name])
        for each in revisions
        for parent in each.follows
        if parent in spots
    ]
    dots = [_dot(each, *spots[each.name]) for each in revisions]
    drawn = (*rails, *dots, *texts, _legend(y + 2))
    title = "The migrations, first to last"
    return svg.drawing(name, title, _told(revisions), _WIDTH, y + 30, *drawn)


def _rail(above: tuple[float, float], below: tuple[float, float]) -> svg.Drawn:
    (x1, y1), (x2, y2) = above, below
    if x1 == x2:
        return svg.line(x1, y1, x2, y2)
    middle = y2 - 24
    return svg.path(
        f"M{x1:.0f} {y1:.0f}V{middle:.0f}C{x1:.0f} {y2:.0f} {x2:.0f} {middle:.0f} {x2:.0f} {y2:.0f}",
        "kx-rule",
    )


def _dot(revision: Revision, x: float, y: float) -> svg.Drawn:
    """A full dot for what can be undone, an empty square for what cannot."""
    if revision.reversible:
        return svg.disc(x, y, 7, "kx-h1 kx-solid")
    return svg.box(x - 7, y - 7, 14, 14, "kx-card", 1) + svg.box(
        x - 7, y - 7, 14, 14, "kx-h8 kx-way", 1
    )


def _revision(revision: Revision, x: float, y: float) -> svg.Drawn:
    undo = "can be undone" if revision.reversible else "cannot be undone"
    drawn = [
        svg.text(x, y + 4.5, cut(revision.name, 56), "kx-code kx-bold", revision.name),
        svg.text(_WIDTH - 12, y + 4.5, undo, "kx-dim kx-small kx-end"),
    ]
    below = y + 27
    for each in revision.operations:
        drawn.append(_operation(each, x, below))
        below += _height(each, x)
    return "".join(drawn)


def _operation(operation: Operation, x: float, y: float) -> svg.Drawn:
    end = _end(operation)
    told = operation.sentence + ("" if operation.reversible else " It cannot be undone.")
    lost = "" if operation.destroys is None else f" Lost for good: {operation.destroys}."
    return svg.group(
        (
            _badge(_mark(operation.kind), x, y),
            *(
                svg.text(x + 26, y + 4.5 + _LINE * n, line, "kx-small")
                for n, line in enumerate(_sentence(operation, x))
            ),
            svg.text(_WIDTH - 12, y + 4.5, end, "kx-dim kx-small kx-end") if end else "",
        ),
        told + lost,
    )


def _sentence(operation: Operation, x: float) -> list[str]:
    """Its lines, in the room that the picture has right of `x`."""
    end = _end(operation)
    room = _WIDTH - 12 - x - 26 - (text_width(end, 12) + 12 if end else 0)
    return wrapped(operation.sentence, room, 12)


def _height(operation: Operation, x: float) -> float:
    return _ROW + _LINE * (len(_sentence(operation, x)) - 1)


def _end(operation: Operation) -> str:
    return "" if operation.reversible else "not undone"


def _badge(mark: _Mark, x: float, y: float) -> svg.Drawn:
    return svg.box(x, y - 8, 16, 16, f"{hue(mark.hue)} kx-tint", 4) + svg.text(
        x + 8, y + 4, mark.sign, "kx-small kx-bold kx-middle"
    )


def _legend(y: float) -> svg.Drawn:
    drawn, x = [], 24.0
    for mark in _MARKS:
        drawn.append(_badge(mark, x, y + 8))
        drawn.append(svg.text(x + 22, y + 12.5, mark.word, "kx-dim kx-small"))
        x += 22 + text_width(mark.word, 12) + 20
    return "".join(drawn)


def _mark(kind: str) -> _Mark:
    return next((mark for mark in _MARKS if kind.startswith(mark.kinds)), _MARKS[-1])


def _told(revisions: Sequence[Revision]) -> str:
    return " ".join(
        f"{each.name}: {_count(len(each.operations))}, "
        f"{'can be undone' if each.reversible else 'cannot be undone'}."
        for each in revisions
    )


def _count(operations: int) -> str:
    return "1 operation" if operations == 1 else f"{operations} operations"
