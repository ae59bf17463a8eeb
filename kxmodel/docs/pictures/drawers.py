"""Item collections: items with one partition key in one drawer, sorted by their sort keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.docs.pictures import svg
from kxmodel.docs.pictures.measure import CODE_BOLD, code_width, cut, fitting, text_width
from kxmodel.docs.pictures.palette import hue

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH: Final = 680
_LEAST: Final = 312
"""A drawer's width where little is in it."""
_ROW: Final = 28
_HEAD: Final = 38
_MOST_DRAWERS: Final = 6
_MOST_ITEMS: Final = 6


@dataclass(frozen=True)
class Lying:
    """An item as it lies in a collection. key: its sort key as text, empty where there is none."""

    entity: str
    key: str


@dataclass(frozen=True)
class Drawer:
    """An item collection. name: its partition key's attribute and value."""

    name: str
    items: tuple[Lying, ...]


def drawers(
    place: str, sort: str, shown: Sequence[Drawer], entities: Sequence[str], name: str
) -> svg.Drawn:
    """The picture.

    place: the table's name, or the index's. sort: the sort key's attributes, empty where there is
    none. entities: all of the table, which gives them their hues. name: unique on a page.
    """
    hues = {entity: hue(n) for n, entity in enumerate(entities)}
    chip = max(text_width(fitting(each, 150, 12), 12) for each in entities) * 1.08 + 8
    keys = (item.key for drawer in shown[:_MOST_DRAWERS] for item in drawer.items[:_MOST_ITEMS])
    wanted = chip + 36 + max(code_width(key) for key in keys)
    # Two columns only where no sort key has to be cut for it.
    across = 2 if len(shown) > 1 and wanted <= (_WIDTH - 36) / 2 else 1
    heads = (code_width(drawer.name, CODE_BOLD) + 24 for drawer in shown[:_MOST_DRAWERS])
    room = (_WIDTH - 12 * (across + 1)) / across
    foot = f"In each: one partition key, in the order of {sort}." if sort else ""
    left = len(shown) - _MOST_DRAWERS
    if left > 0:
        foot += f" {left} more {'collections are' if left > 1 else 'collection is'} not drawn."
    column = min(room, max(wanted, *heads, _LEAST))
    width = min(_WIDTH, max(12 + across * (column + 12), 24 + text_width(foot, 12)))
    tops = [12.0] * across
    drawn = []
    for drawer in shown[:_MOST_DRAWERS]:
        side = tops.index(min(tops))
        part, height = _drawer(drawer, 12 + side * (column + 12), tops[side], column, chip, hues)
        drawn.append(part)
        tops[side] += height + 12
    y = max(tops)
    drawn.append(svg.text(12, y + 12, fitting(foot, width - 24, 12), "kx-dim kx-small", foot))
    title = f"Item collections of {place}"
    return svg.drawing(name, title, _told(shown), width, y + 24, *drawn)


def _drawer(
    drawer: Drawer, x: float, y: float, width: float, chip: float, hues: dict[str, str]
) -> tuple[svg.Drawn, float]:
    items = drawer.items[:_MOST_ITEMS]
    left = len(drawer.items) - len(items)
    height = _HEAD + _ROW * len(items) + (20 if left else 0) + 4
    most = int((width - 24) / code_width("x", CODE_BOLD))
    drawn = [
        svg.box(x, y, width, height, "kx-card", 8),
        svg.text(x + 12, y + 23, cut(drawer.name, most), "kx-code kx-bold", drawer.name),
    ]
    for n, item in enumerate(items):
        drawn.append(_item(item, x + 10, y + _HEAD + n * _ROW, width - 20, chip, hues[item.entity]))
    if left:
        more = f"and {left} more"
        drawn.append(svg.text(x + 12, y + height - 9, more, "kx-dim kx-small"))
    return svg.group(drawn), height


def _item(item: Lying, x: float, y: float, width: float, chip: float, kind: str) -> svg.Drawn:
    most = int((width - chip - 16) / code_width("x"))
    return svg.group(
        (
            svg.box(x, y, width, _ROW - 5, f"{kind} kx-tint", 4),
            svg.text(x + 8, y + 16, fitting(item.entity, 150, 12), "kx-small kx-bold"),
            svg.text(x + chip + 8, y + 16, cut(item.key, most), "kx-code", item.key),
        ),
        f"{item.entity} {item.key}",
    )


def _told(shown: Sequence[Drawer]) -> str:
    told = [
        f"{drawer.name}: {', '.join(f'{item.entity} {item.key}'.strip() for item in drawer.items)}."
        for drawer in shown[:_MOST_DRAWERS]
    ]
    return " ".join(told)
