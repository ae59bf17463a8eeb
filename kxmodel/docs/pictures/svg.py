"""The elements of pictures (SVG 1.1, https://www.w3.org/TR/SVG11/), every word in them escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from xml.sax.saxutils import escape

from kxmodel.docs.pictures.palette import style
from kxmodel.values.shown import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

#: An element, or several, as text.
Drawn: TypeAlias = str

#: Between a point and the ends of the bend that leaves it, in pixels.
_BEND = 48


def drawing(name: str, title: str, desc: str, width: float, height: float, *parts: Drawn) -> str:
    """A whole picture.

    name: unique on a page; ids begin with it. title, desc: what a screen reader says. width, height:
    pixels at the size at which its text is as large as the page's.
    """
    w, h = _number(width), _number(height)
    body = "\n".join(part for part in parts if part)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kx-svg" role="img" width="{w}" height="{h}" '
        f'viewBox="0 0 {w} {h}" aria-labelledby="{name}-title {name}-desc">\n'
        f'<title id="{name}-title">{words(title)}</title>\n'
        f'<desc id="{name}-desc">{words(desc)}</desc>\n'
        f"<style>{style()}</style>\n"
        f'<rect class="kx-paper" width="{w}" height="{h}"/>\n'
        f"{body}\n</svg>\n"
    )


def words(text: str) -> str:
    """Text as it stands in an element; quotes too are escaped, so it may stand in an attribute."""
    return escape(printable(" ".join(text.split())), {'"': "&quot;", "'": "&#39;"})


def text(x: float, y: float, shown: str, kind: str = "", whole: str = "") -> Drawn:
    """One line of text; y: its base line. kind: classes. whole: what it is cut from, as a tooltip."""
    label = f"<title>{words(whole)}</title>" if whole and whole != shown else ""
    return f'<text{_class(kind)} x="{_number(x)}" y="{_number(y)}">{label}{_kept(shown)}</text>'


def box(x: float, y: float, width: float, height: float, kind: str, radius: float = 5) -> Drawn:
    """A rectangle with round corners."""
    return (
        f'<rect{_class(kind)} x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" '
        f'height="{_number(height)}" rx="{_number(radius)}"/>'
    )


def path(way: str, kind: str) -> Drawn:
    """A path. way: in SVG's notation, of our own making."""
    return f'<path{_class(kind)} d="{way}"/>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "kx-rule") -> Drawn:
    """A straight line."""
    return path(f"M{_number(x1)} {_number(y1)}L{_number(x2)} {_number(y2)}", kind)


def bend(x1: float, y1: float, x2: float, y2: float, kind: str) -> Drawn:
    """A line that leaves and arrives level."""
    reach = max(min(_BEND, abs(x2 - x1) / 2), 12) * (1 if x2 >= x1 else -1)
    return path(
        f"M{_number(x1)} {_number(y1)}C{_number(x1 + reach)} {_number(y1)} "
        f"{_number(x2 - reach)} {_number(y2)} {_number(x2)} {_number(y2)}",
        kind,
    )


def tip(x: float, y: float, kind: str, *, left: bool = False) -> Drawn:
    """An arrow's head whose point is at (x, y)."""
    back = 7 if left else -7
    return path(f"M{_number(x)} {_number(y)}l{back} -4v8z", kind)


def disc(x: float, y: float, radius: float, kind: str) -> Drawn:
    """A circle."""
    return f'<circle{_class(kind)} cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"/>'


def group(parts: Iterable[Drawn], label: str = "", kind: str = "") -> Drawn:
    """Elements that belong together. label: shown when a pointer rests on them."""
    title = f"<title>{words(label)}</title>" if label else ""
    return f"<g{_class(kind)}>{title}{''.join(parts)}</g>"


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _kept(shown: str) -> str:
    """As `words`, with the spaces kept, since a piece of a key may be one."""
    return escape(printable(shown), {'"': "&quot;", "'": "&#39;"})


def _number(value: float) -> str:
    """Pixels to a tenth, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
