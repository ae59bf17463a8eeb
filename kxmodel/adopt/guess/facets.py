"""Names for groups of items: those of the facets that describe them, else of their keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.adopt.guess.names import entity_name, fresh

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kxmodel.adopt.guess.group import Group
    from kxmodel.adopt.observed import Facet, Observed

#: A facet describes a group if it shares this part of its attributes, or its name, with it.
_ENOUGH: Final = 0.5
#: Where all items are of one kind, a facet mostly is a view of them: then it takes more.
_ENOUGH_FOR_ALL: Final = 0.9
_NAMED_ALIKE: Final = 0.5
_LISTED: Final = 2.0


@dataclass(frozen=True)
class Named:
    """A group of items with the name of its entity, and the facet that it comes from."""

    group: Group
    name: str
    facet: Facet | None = None


def name_groups(
    table: Observed, groups: Sequence[Group]
) -> tuple[tuple[Named, ...], tuple[Facet, ...]]:
    """The groups with distinct names, and the facets that describe none of them."""
    pairs = _pairs(table, groups)
    names: list[str] = []
    named = []
    for number, group in enumerate(groups):
        facet = pairs.get(number)
        text = facet.name if facet else _from_keys(group, groups, table)
        name = fresh(entity_name(text), names)
        names.append(name)
        named.append(Named(group, name, facet))
    used = [id(facet) for facet in pairs.values()]
    return tuple(named), tuple(f for f in table.facets if id(f) not in used)


def _pairs(table: Observed, groups: Sequence[Group]) -> dict[int, Facet]:
    """Group -> facet, the best pairs first, each of both once."""
    own = {key.name for key in table.key}
    scores = [
        (_score(group, facet, own), -number, -place)
        for number, group in enumerate(groups)
        for place, facet in enumerate(table.facets)
    ]
    enough = _ENOUGH if len(groups) > 1 else _ENOUGH_FOR_ALL
    found: dict[int, Facet] = {}
    taken: set[int] = set()
    for score, number, place in sorted(scores, reverse=True):
        if score >= enough and -number not in found and -place not in taken:
            found[-number] = table.facets[-place]
            taken.add(-place)
    return found


def _score(group: Group, facet: Facet, own: set[str]) -> float:
    listed = any(item in group.items for item in facet.items)
    attributes, described = set(group.attributes) - own, set(facet.attributes) - own
    shared = len(attributes & described) / max(len(attributes | described), 1)
    words = {word.lower() for form in group.forms for word in form.words if len(word) > 2}
    name = facet.name.lower()
    alike = any(word in name or name in word for word in words)
    return _LISTED * listed + shared + _NAMED_ALIKE * alike


def _from_keys(group: Group, groups: Iterable[Group], table: Observed) -> str:
    """A name from the constants in the group's key; the table's where there are none."""
    first, *others = group.forms
    alone = sum(other.forms[0] == first for other in groups) == 1
    if first.words and (alone or not others):
        return first.words[-1]
    words = [word for form in others for word in form.words]
    if words and len(words[-1]) > 1:
        return words[0]
    return " ".join([*first.words, *words]) or _singular(table.name)


def _singular(name: str) -> str:
    return name[:-1] if len(name) > 3 and name.endswith("s") and not name.endswith("ss") else name
