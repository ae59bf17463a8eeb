"""The entities of all tables, and which attributes of one name items of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.dialect.relations import identity, relations
from kxmodel.docs.pictures import svg
from kxmodel.docs.pictures.lanes import layers
from kxmodel.docs.pictures.measure import cut, fitting
from kxmodel.docs.pictures.palette import hue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.dialect.relations import Relation
    from kxmodel.ir import Entity, Table

_CARD: Final = 188
_ACROSS: Final = 246
"""From one column to the next."""
_ROW: Final = 20
_ALONE: Final = 72
"""Height of a card without links."""
_GAP: Final = 22
_MOST_COLUMNS: Final = 4


@dataclass(frozen=True)
class _Node:
    """An entity. names: the relations in which it is the child."""

    table: Table
    entity: Entity
    names: tuple[Relation, ...]

    @property
    def key(self) -> str:
        return f"{self.table.name}\n{self.entity.name}"

    @property
    def height(self) -> int:
        """Pixels."""
        return _ALONE + _ROW * len(self.names) + (6 if self.names else 0)


def links(tables: Sequence[Table], name: str) -> svg.Drawn:
    """The picture. name: unique on a page."""
    found = relations(tables)
    nodes = [
        _Node(table, entity, tuple(r for r in found if r.child == (table.name, entity.name)))
        for table in tables
        for entity in table.entities
    ]
    # A hue for each table, or for each entity where there is one table.
    alone = len(tables) == 1
    order = {table.name: n for n, table in enumerate(tables)}
    hues = {node.key: hue(n if alone else order[node.table.name]) for n, node in enumerate(nodes)}
    spots, width, height = _spots(nodes, found)
    by_key = {node.key: node for node in nodes}
    ways, cards = [], []
    for node in nodes:
        x, y = spots[node.key]
        cards.append(_card(node, x, y, hues[node.key]))
        for row, relation in enumerate(node.names):
            parent = by_key["\n".join(relation.parent)]
            px, py = spots[parent.key]
            ways.append(_way(x, y + 82 + _ROW * row, px, py + 22, hues[parent.key], relation))
    title = "The tables and what links them"
    return svg.drawing(name, title, _told(nodes), width, height, *ways, *cards)


def _spots(
    nodes: Sequence[_Node], found: Sequence[Relation]
) -> tuple[dict[str, tuple[float, float]], float, float]:
    """The upper left corner of each card, and the size of all: parents left of their children,
    what is linked to nothing in rows below."""
    parents: dict[str, list[str]] = {}
    for relation in found:
        parents.setdefault("\n".join(relation.child), []).append("\n".join(relation.parent))
    linked = set(parents) | {each for above in parents.values() for each in above}
    depths = layers([node.key for node in nodes], parents)
    spots: dict[str, tuple[float, float]] = {}
    heights: dict[int, float] = {}
    for node in nodes:
        if node.key in linked:
            column = depths[node.key]
            spots[node.key] = (12 + column * _ACROSS, heights.setdefault(column, 12.0))
            heights[column] += node.height + _GAP
    columns = max(heights, default=0) + 1
    bottom = max(heights.values(), default=12.0)
    alone = [node for node in nodes if node.key not in linked]
    across = max(columns, min(len(alone), _MOST_COLUMNS - 1))
    for n, node in enumerate(alone):
        row, column = divmod(n, across)
        spots[node.key] = (12 + column * _ACROSS, bottom + row * (_ALONE + _GAP))
    rows = -(-len(alone) // across)
    width = 12 + max(columns, min(across, len(alone))) * _ACROSS - (_ACROSS - _CARD) + 12
    return spots, max(width, 360), bottom + rows * (_ALONE + _GAP) - _GAP + 12


def _card(node: _Node, x: float, y: float, kind: str) -> svg.Drawn:
    label = f"{node.entity.name} of the table {node.table.name}"
    key = ", ".join(identity(node.entity)) or "the same key for all"
    drawn = [
        svg.box(x, y, _CARD, node.height, "kx-card", 8),
        svg.box(x, y, _CARD, 48, f"{kind} kx-tint", 8),
        svg.text(x + 12, y + 20, fitting(node.entity.name, _CARD - 24), "kx-bold"),
        svg.text(x + 12, y + 38, fitting(f"table {node.table.name}", _CARD - 24, 12), "kx-small"),
        svg.text(x + 12, y + 64, cut(key, 22), "kx-code kx-dim", key),
    ]
    for row, relation in enumerate(node.names):
        at = y + 86 + _ROW * row
        columns = " + ".join(relation.columns)
        drawn.append(svg.disc(x, at - 4, 3, "kx-arrow"))
        drawn.append(svg.text(x + 12, at, cut(columns, 22), "kx-code", columns))
    return svg.group(drawn, label)


def _way(x: float, y: float, px: float, py: float, kind: str, relation: Relation) -> svg.Drawn:
    """From the child's row to the parent's card, whose right side faces the children."""
    end = px + _CARD
    dash = "" if relation.required else " kx-dash"
    if end >= x:
        end = px
        way = svg.bend(x, y, end - 6, py, f"{kind} kx-way{dash}")
        return way + svg.tip(end, py, f"{kind} kx-solid")
    way = svg.bend(x, y, end + 6, py, f"{kind} kx-way{dash}")
    return way + svg.tip(end, py, f"{kind} kx-solid", left=True)


def _told(nodes: Sequence[_Node]) -> str:
    told = []
    for node in nodes:
        told += [
            f"{node.entity.name} of {node.table.name} names {relation.parent[1]} of "
            f"{relation.parent[0]} by {' and '.join(relation.columns)}"
            f"{'' if relation.required else ', where it has it'}."
            for relation in node.names
        ]
        if not node.names:
            told.append(f"{node.entity.name} of {node.table.name} names no other entity.")
    return " ".join(told)
