"""Sample items -> groups whose keys no item of another group can have: the entities."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.adopt.guess.form import Form, form_of, names_kind, seems_constant
from kxmodel.values import item_to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kxmodel.adopt.observed import Item
    from kxmodel.ir import KeyAttribute
    from kxmodel.values import JSON

#: More kinds of items than this are no kinds but values that look like them.
MAX_GROUPS: Final = 24


@dataclass(frozen=True)
class Group:
    """Items of one kind. forms: of the table's key attributes. values: the items as plain JSON.

    joined: how many groups became this one, since a key of one could be that of another.
    """

    forms: tuple[Form, ...]
    items: tuple[Item, ...]
    joined: int = 1

    @property
    def values(self) -> list[dict[str, JSON]]:
        """The items as plain JSON."""
        return [item_to_json(item) for item in self.items]

    @property
    def attributes(self) -> dict[str, None]:
        """The attributes of its items, in the order in which they first occur."""
        return dict.fromkeys(name for item in self.items for name in item)

    def meets(self, other: Group) -> bool:
        """Whether an item of one may have a key of the other."""
        return all(a.meets(b) for a, b in zip(self.forms, other.forms, strict=True))


def group(items: Sequence[Item], key: tuple[KeyAttribute, ...]) -> tuple[Group, ...]:
    """The groups, in the order in which their first items stand.

    No two of them meet, so that each can be recognised by the constants in its key; where there is
    but one, it holds all items.
    """
    forms = _forms(items, key)
    found: dict[tuple[Form, ...], list[Item]] = defaultdict(list)
    for item, own in zip(items, forms, strict=True):
        found[own].append(item)
    groups = [Group(own, tuple(members)) for own, members in found.items()]
    if len(groups) > MAX_GROUPS:
        return (everything(items, key),)
    return tuple(_apart(groups))


def everything(items: Sequence[Item], key: tuple[KeyAttribute, ...]) -> Group:
    """One group of all items, whose keys are taken as they are."""
    return Group(tuple(Form() for _ in key), tuple(items))


def _forms(items: Sequence[Item], key: tuple[KeyAttribute, ...]) -> list[tuple[Form, ...]]:
    """The forms of every item's key. A sort key that recurs, or reads so, is a constant."""
    texts = [tuple(text_of(item, attribute.name) for attribute in key) for item in items]
    names = {attribute.name for attribute in key}
    forms = [
        tuple(form_of(text, _values(item, names)) for text in own)
        for item, own in zip(items, texts, strict=True)
    ]
    if len(key) < 2:
        return forms
    recurring = _recurring(texts, forms)
    made = []
    for own, form in zip(texts, forms, strict=True):
        sort = own[1]
        whole = isinstance(sort, str) and form[1] == Form()
        if whole and isinstance(sort, str) and (seems_constant(sort) or sort in recurring[form[0]]):
            form = (form[0], Form(sort, constant=True))
        made.append(form)
    return made


def _recurring(
    texts: Iterable[Sequence[object]], forms: Iterable[tuple[Form, ...]]
) -> Mapping[Form, set[object]]:
    """Form of the partition key -> the one sort key that all such items in several partitions have."""
    partitions: dict[Form, dict[object, set[object]]] = defaultdict(lambda: defaultdict(set))
    for own, form in zip(texts, forms, strict=True):
        if form[1] == Form():
            partitions[form[0]][own[1]].add(own[0])
    return defaultdict(
        set,
        {
            form: set(sorts)
            for form, sorts in partitions.items()
            if len(sorts) == 1 and all(len(held) > 1 for held in sorts.values())
        },
    )


def _values(item: Item, key: set[str]) -> set[object]:
    """The texts that the item has outside its key, and that do not say what kind it is."""
    return {text_of(item, name) for name in item if name not in key and not names_kind(name)} - {
        None
    }


def text_of(item: Item, name: str) -> object:
    """The text of an attribute, or None where it is absent or of another type."""
    return item.get(name, {}).get("S")


def _apart(groups: list[Group]) -> list[Group]:
    """The groups, those that meet joined, until none do."""
    while True:
        pair = next(
            (
                (i, j)
                for i in range(len(groups))
                for j in range(i + 1, len(groups))
                if groups[i].meets(groups[j])
            ),
            None,
        )
        if pair is None:
            return groups
        one, other = groups[pair[0]], groups.pop(pair[1])
        groups[pair[0]] = Group(
            tuple(a.joined(b) for a, b in zip(one.forms, other.forms, strict=True)),
            (*one.items, *other.items),
            one.joined + other.joined,
        )
