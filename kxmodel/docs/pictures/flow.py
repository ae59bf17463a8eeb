"""A table and its indexes, and which items flow into each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.docs.conditions import listed, sparse
from kxmodel.docs.pictures import svg
from kxmodel.docs.pictures.measure import code_width, cut, fitting, text_width
from kxmodel.docs.pictures.palette import hue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.ir import Entity, Index, KeyAttribute, Table
    from kxmodel.keys import Template

_WIDTH: Final = 680
_ENTITY: Final = 116
"""Width of an entity's card."""
_PLACE: Final = 190
"""Where the cards of the table and its indexes begin."""
_MOST: Final = _WIDTH - _PLACE - 10
_LEAST: Final = 250
_KEY_CELLS: Final = 54
_ROW: Final = 20
_BOLD: Final = 1.08
"""How much wider bold text is."""


@dataclass(frozen=True)
class _Flow:
    """Items of one entity into one place. keys: key attribute -> template. needs: see `sparse`."""

    entity: Entity
    keys: tuple[tuple[str, Template], ...]
    needs: tuple[str, ...]

    @property
    def height(self) -> int:
        """Pixels: a line for the entity, one for each key attribute, one for the condition."""
        return _ROW * (1 + len(self.keys) + bool(self.needs)) + 8


@dataclass(frozen=True)
class _Place:
    """The table or an index. kind: what it is, in words."""

    name: str
    kind: str
    flows: tuple[_Flow, ...]

    @property
    def height(self) -> int:
        """Pixels."""
        return 32 + (sum(flow.height for flow in self.flows) or _ROW + 8)


def flow(table: Table, name: str) -> svg.Drawn:
    """The picture. name: unique on a page."""
    places = list(_places(table))
    hues = {entity.name: hue(n) for n, entity in enumerate(table.entities)}
    height = sum(place.height + 14 for place in places) + 10
    count = len(table.entities)
    step = max(46, min(96, height / (count + 1)))
    starts: dict[str, float] = {}
    y = max(12.0, (height - step * count + step - 34) / 2)
    cards = []
    for entity in table.entities:
        cards.append(_card(entity, y, hues[entity.name]))
        starts[entity.name] = y + 17
        y += step
    ways, boxes = [], []
    inside = _inside(places)
    y = 12.0
    for place in places:
        boxes.append(svg.box(_PLACE, y, inside, place.height, "kx-card", 8))
        boxes.append(_head(place, y, inside))
        at = y + 32
        for each in place.flows:
            kind = hues[each.entity.name]
            dash = " kx-dash" if each.needs else ""
            start = starts[each.entity.name]
            ways.append(
                svg.bend(10 + _ENTITY, start, _PLACE - 6, at + 13, f"{kind} kx-way{dash}")
                + svg.tip(_PLACE, at + 13, f"{kind} kx-solid")
            )
            boxes.append(_rows(each, at, kind, inside))
            at += each.height
        if not place.flows:
            boxes.append(svg.text(_PLACE + 16, at + 14, "No entity fills it.", "kx-dim kx-small"))
        y += place.height + 14
    title = f"{table.title or table.name}: the table, its indexes, and what is in each"
    return svg.drawing(
        name, title, _told(places), _PLACE + inside + 10, max(height, y - 4), *ways, *cards, *boxes
    )


def _places(table: Table) -> Iterator[_Place]:
    yield _Place(
        table.name,
        f"the table, by {_by(table.keys)}",
        tuple(_Flow(e, tuple(e.keys.items()), ()) for e in table.entities),
    )
    for index in table.indexes:
        yield _Place(index.name, _kind(index), tuple(_flows(table, index)))


def _flows(table: Table, index: Index) -> Iterator[_Flow]:
    for entity in table.entities:
        for filled in entity.indexes:
            if filled.index == index.name:
                keys = tuple((key.name, filled.keys[key.name]) for key in index.attributes)
                yield _Flow(entity, keys, sparse(table, entity, filled))


def _kind(index: Index) -> str:
    shown = {"ALL": "", "KEYS_ONLY": ", keys only", "INCLUDE": ", some attributes"}
    kind = "local index" if index.local else "global index"
    return f"{kind}, by {_by(index.attributes)}{shown[index.projection]}"


def _by(keys: Sequence[KeyAttribute]) -> str:
    return listed([key.name for key in keys])


def _inside(places: Sequence[_Place]) -> float:
    """The width of the places' cards: what is in them fits, as far as that is not too much."""
    widths = [text_width(_name(p)) * _BOLD + 10 + text_width(p.kind, 12) for p in places]
    for each in (each for place in places for each in place.flows):
        widths.append(14 + text_width(each.entity.name, 12) * _BOLD)
        widths += [14 + code_width(_key(*key)) for key in each.keys]
        widths.append(14 + text_width(_condition(each), 12))
    return max(_LEAST, min(_MOST, 30 + max(widths)))


def _name(place: _Place) -> str:
    return fitting(place.name, _MOST / 2)


def _key(name: str, template: Template) -> str:
    return f"{name} = {template.text}"


def _condition(flow: _Flow) -> str:
    return f"only if {listed(list(flow.needs))}" if flow.needs else ""


def _card(entity: Entity, y: float, kind: str) -> svg.Drawn:
    shown = fitting(entity.name, _ENTITY - 20)
    return svg.group(
        (
            svg.box(10, y, _ENTITY, 34, "kx-card", 8),
            svg.box(10, y, _ENTITY, 34, f"{kind} kx-tint", 8),
            svg.text(10 + _ENTITY / 2, y + 21.5, shown, "kx-bold kx-middle"),
        ),
        f"Items of {entity.name}",
    )


def _head(place: _Place, y: float, inside: float) -> svg.Drawn:
    name = _name(place)
    x = _PLACE + 16 + text_width(name) * _BOLD + 10
    return svg.text(_PLACE + 16, y + 22, name, "kx-bold", place.name) + svg.text(
        x, y + 22, fitting(place.kind, _PLACE + inside - 10 - x, 12), "kx-dim kx-small", place.kind
    )


def _rows(flow: _Flow, y: float, kind: str, inside: float) -> svg.Drawn:
    """What one entity puts there: a bar of its hue, its name, its keys and the condition."""
    x = _PLACE + 30
    drawn = [svg.box(_PLACE + 16, y + 4, 4, flow.height - 10, f"{kind} kx-solid", 2)]
    drawn.append(
        svg.text(x, y + 17, fitting(flow.entity.name, inside - 44, 12), "kx-small kx-bold")
    )
    at = y + 17
    for name, template in flow.keys:
        at += _ROW
        whole = _key(name, template)
        drawn.append(svg.text(x, at, cut(whole, _KEY_CELLS), "kx-code", whole))
    if flow.needs:
        at += _ROW
        whole = _condition(flow)
        drawn.append(svg.text(x, at, fitting(whole, inside - 44, 12), "kx-small kx-dim", whole))
    return "".join(drawn)


def _told(places: Sequence[_Place]) -> str:
    told = []
    for place in places:
        items = [
            f"{each.entity.name}{f' if {listed(list(each.needs))}' if each.needs else ''}"
            for each in place.flows
        ]
        told.append(f"{place.name} ({place.kind}) holds {listed(items) if items else 'nothing'}.")
    return " ".join(told)
