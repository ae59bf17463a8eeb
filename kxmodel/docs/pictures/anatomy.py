"""The keys of an entity taken apart: which attribute each piece comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.docs.conditions import listed, sparse
from kxmodel.docs.pictures import svg
from kxmodel.docs.pictures.measure import code_width, cut, fitting, text_width
from kxmodel.docs.pictures.palette import hue
from kxmodel.docs.pieces import Piece, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Entity, Table
    from kxmodel.keys import Condition, Template

_WIDTH: Final = 680
_LEAST: Final = 340
_NAME_CELLS: Final = 20
_MOST_CELLS: Final = 46
_LINE: Final = 52
_PAD: Final = 8
_HEAD: Final = 30
_ROLES: Final = ("partition key", "sort key")


@dataclass(frozen=True)
class _Key:
    """A key attribute of the table, or of an index, and what is in it."""

    attribute: str
    role: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class _Place:
    """The table, or an index. needs: what an item needs to be in it."""

    name: str
    keys: tuple[_Key, ...]
    needs: tuple[str, ...]


def anatomy(table: Table, entity: Entity, name: str) -> svg.Drawn:
    """The picture. name: unique on a page."""
    places = list(_places(table, entity))
    sources = dict.fromkeys(
        piece.source
        for place in places
        for key in place.keys
        for piece in key.pieces
        if piece.source is not None
    )
    hues = {source: hue(n) for n, source in enumerate(sources)}
    names = [cut(key.attribute, _NAME_CELLS) for place in places for key in place.keys]
    left = 12 + max(text_width(_ROLES[0], 12), *map(code_width, names)) + 16
    y, width = 12.0, float(_LEAST)
    drawn, rules = [], []
    for place in places:
        head = f"only if {listed(list(place.needs))}" if place.needs else ""
        shown = fitting(place.name, 300)
        beside = max(left, 12 + text_width(shown) * 1.08 + 16)
        told = fitting(head, _WIDTH - beside - 12, 12)
        drawn.append(svg.text(12, y + 17, shown, "kx-bold", place.name))
        drawn.append(svg.text(beside, y + 17, told, "kx-dim kx-small", head) if told else "")
        width = max(width, beside + text_width(told, 12) + 12)
        y += _HEAD
        for key in place.keys:
            part, right, height = _key(key, left, y, hues)
            drawn.append(part)
            width = max(width, right + 12)
            y += height
        rules.append(y + 8)
        y += 16
    drawn += [svg.line(12, at, width - 12, at) for at in rules[:-1]]
    title = f"The keys of {entity.name}, piece by piece"
    desc = " ".join(_told(place) for place in places)
    return svg.drawing(name, title, desc, width, y, *drawn)


def _places(table: Table, entity: Entity) -> Iterator[_Place]:
    own = list(zip((key.name for key in table.keys), _ROLES, strict=False))
    yield _Place(
        f"Table {table.name}",
        tuple(_of(table, entity, key, entity.keys[key[0]], None) for key in own),
        (),
    )
    for filled in entity.indexes:
        index = table.index(filled.index)
        parts = [(key.name, _ROLES[0]) for key in index.hash]
        parts += [(key.name, _ROLES[1]) for key in index.range]
        yield _Place(
            index.name,
            tuple(_of(table, entity, key, filled.keys[key[0]], filled.when) for key in parts),
            sparse(table, entity, filled),
        )


def _of(
    table: Table, entity: Entity, key: tuple[str, str], template: Template, when: Condition | None
) -> _Key:
    return _Key(*key, pieces(table, entity, template, when))


def _key(key: _Key, left: float, y: float, hues: dict[str, str]) -> tuple[svg.Drawn, float, float]:
    """A key attribute at height y, in as many lines as it needs: where it ends, and how high it is."""
    name = cut(key.attribute, _NAME_CELLS)
    drawn = [
        svg.text(12, y + 16, name, "kx-code", key.attribute),
        svg.text(12, y + 33, key.role, "kx-dim kx-small"),
    ]
    x, top, right = left, y, left
    for piece in key.pieces:
        written = cut(piece.written, _MOST_CELLS) or " "
        example = cut(piece.example or "", _MOST_CELLS)
        width = max(code_width(written), code_width(example), 10) + 2 * _PAD
        if x > left and x + width > _WIDTH - 12:
            x, top = left, top + _LINE
        kind = f"{hues[piece.source]} kx-tint" if piece.source is not None else "kx-card"
        middle = x + width / 2
        inside = [
            svg.box(x, top, width, 24, kind),
            svg.text(middle, top + 16.5, written, "kx-code kx-middle"),
            svg.text(middle, top + 40, example, "kx-code kx-middle kx-dim") if example else "",
        ]
        drawn.append(svg.group(inside, _label(piece)))
        right = max(right, x + width)
        x += width + 4
    return "".join(drawn), right, top - y + _LINE


def _label(piece: Piece) -> str:
    if piece.source is None:
        return f"{piece.written}: the same in every key"
    example = f", e.g. {piece.example}" if piece.example is not None else ""
    return f"{piece.written}: from {piece.source}{example}"


def _told(place: _Place) -> str:
    keys = []
    for key in place.keys:
        parts = [p.source if p.source else f"the text {p.written}" for p in key.pieces]
        example = "".join(p.example or "" for p in key.pieces)
        shown = f", e.g. {example}" if all(p.example is not None for p in key.pieces) else ""
        keys.append(f"{key.role} {key.attribute} is made of {listed(parts)}{shown}")
    needs = f" An item is in it only if {listed(list(place.needs))}." if place.needs else ""
    return f"{place.name}: {'; '.join(keys)}.{needs}"
