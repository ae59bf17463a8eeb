"""The key templates of one entity, for the table and for each index it is in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kxmodel.adopt.guess.form import Form, form_of
from kxmodel.adopt.guess.names import camel_name, fresh, snake_name
from kxmodel.adopt.guess.template import Guess, guess, is_source, natural
from kxmodel.dialect.names import is_identifier
from kxmodel.errors import KxError
from kxmodel.keys import KeyPart, KeySet, derive, key_rules, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kxmodel.adopt.guess.facets import Named
    from kxmodel.adopt.observed import Observed
    from kxmodel.ir import Index, KeyAttribute


@dataclass
class Keys:
    """table: the table's key attributes -> templates. indexes: those the entity is in -> templates
    of all their key attributes. sparse: index -> the natural sort key that only some items have.
    items: the sample items as plain JSON, invented sources included. invented: their names."""

    table: dict[str, str] = field(default_factory=dict)
    indexes: dict[str, dict[str, str]] = field(default_factory=dict)
    sparse: dict[str, str] = field(default_factory=dict)
    items: list[dict[str, object]] = field(default_factory=list)
    invented: dict[str, str] = field(default_factory=dict)
    """Source that no item has -> the key attribute that it was read from."""
    unreachable: list[str] = field(default_factory=list)
    """Indexes left out, since no template can name their key attributes."""

    @property
    def templates(self) -> dict[str, str]:
        """Every key attribute -> its template."""
        found = dict(self.table)
        for keys in self.indexes.values():
            found |= keys
        return found

    @property
    def derived(self) -> set[str]:
        """The key attributes that are made of others."""
        return {name for name, text in self.templates.items() if text != natural(name)}


class KeyDrafter:
    """Drafts the keys of one entity's items."""

    def __init__(self, table: Observed, named: Named, *, guessing: bool, camel: bool) -> None:
        self._table = table
        self._named = named
        self._guessing = guessing
        self._camel = camel
        self._keys = Keys(items=[dict(values) for values in named.group.values])
        own = {key.name for key in table.key}
        ours = {key.name for index in table.indexes for key in index.attributes}
        texts = [name for name in named.group.attributes if name not in own and self._is_text(name)]
        self._candidates = sorted(texts, key=lambda name: name in ours)

    def draft(self) -> Keys:
        """The keys."""
        for number, key in enumerate(self._table.key):
            self._keys.table[key.name] = self._of_table(number, key)
        sources = {s for text in self._keys.table.values() for s in parse(text).sources}
        indexed = {k.name for i in self._table.indexes for k in i.attributes} - set(
            self._keys.table
        )
        fixed = indexed & sources
        guessed = {
            name: text
            for name in sorted(indexed - fixed)
            if (text := self._of_index(name, indexed)) is not None
        }
        while True:
            self._keys.indexes = {}
            self._keys.sparse = {}
            self._keys.unreachable = []
            for index in self._table.indexes:
                self._add(index, guessed)
            wrong = self._wrong() & set(guessed)
            if not wrong:
                return self._keys
            for name in wrong:
                del guessed[name]

    def _is_text(self, name: str) -> bool:
        held = [item[name] for item in self._named.group.items if name in item]
        return is_source(name) and all("S" in value for value in held)

    def _of_table(self, number: int, key: KeyAttribute) -> str:
        form = self._named.group.forms[number]
        if not self._guessing or key.type != "S" or not self._keys.items:
            return natural(key.name) if is_source(key.name) else self._renamed(key)
        texts = [str(item[key.name]) for item in self._keys.items]
        new_name = self._new_name(number, form)
        found = guess(texts, form, self._keys.items, self._candidates, new_name)
        if found is None:
            return natural(key.name) if is_source(key.name) else self._renamed(key)
        self._invent(found, key)
        return found.template

    def _renamed(self, key: KeyAttribute) -> str:
        """A source for a key attribute whose own name no template can hold."""
        name = fresh(snake_name(key.name, "key"), self._known())
        for item in self._keys.items:
            item[name] = item[key.name]
        self._keys.invented[name] = key.name
        return natural(name)

    def _invent(self, found: Guess, key: KeyAttribute) -> None:
        if found.invented is None:
            return
        for item, value in zip(self._keys.items, found.values, strict=True):
            item[found.invented] = value
        self._keys.invented[found.invented] = key.name
        self._candidates.append(found.invented)

    def _new_name(self, number: int, form: Form) -> str | None:
        """What to call a part of the key that no attribute has; None where none may be made up."""
        if not form.text:
            return None
        known = self._known()
        facet = self._named.facet
        alias = facet.aliases[number] if facet and len(facet.aliases) > number else ""
        if is_identifier(alias) and not alias.startswith("_") and alias not in known:
            return alias
        word = form.words[-1] if form.words else "item"
        make = camel_name if self._camel else snake_name
        return fresh(make(word if word.lower().endswith("id") else f"{word}_id", "item_id"), known)

    def _known(self) -> list[str]:
        facet = self._named.facet
        described = facet.attributes if facet else ()
        keys = [k.name for k in self._table.key]
        keys += [k.name for i in self._table.indexes for k in i.attributes]
        return [*self._named.group.attributes, *described, *keys, *self._keys.invented]

    def _of_index(self, name: str, indexed: Iterable[str]) -> str | None:
        """The template of an index key attribute, if its values show one."""
        having = [item for item in self._keys.items if name in item]
        texts = [item[name] for item in having]
        if not self._guessing or not texts or not all(isinstance(text, str) for text in texts):
            return None
        if not self._is_text(name):
            return None
        forms = {form_of(text) for text in texts}
        form = forms.pop() if len(forms) == 1 else Form()
        others = [source for source in self._candidates if source not in set(indexed)]
        found = guess([str(text) for text in texts], form, having, others, None)
        return found.template if found else None

    def _add(self, index: Index, guessed: dict[str, str]) -> None:
        """Put the entity into the index, if any of its items, or nothing, speaks for it."""
        names = [key.name for key in index.attributes]
        having = [i for i in self._keys.items if all(name in i for name in names)]
        if self._keys.items and not having:
            return
        templates = {
            name: self._keys.table.get(name) or guessed.get(name) or natural(name) for name in names
        }
        if not all(is_source(name) for name, text in templates.items() if text == natural(name)):
            self._keys.unreachable.append(index.name)
            return
        self._keys.indexes[index.name] = templates
        sort = next((key.name for key in index.range), None)
        if sort is None or sort in self._keys.table or templates[sort] != natural(sort):
            return
        if any(sort not in item for item in self._keys.items):
            self._keys.sparse[index.name] = sort

    def _wrong(self) -> set[str]:
        """The index key attributes that the templates do not make as they stand in the items."""
        rules = key_rules(
            KeySet(
                self._table.name, tuple(_parts(self._table.key, self._keys.table)), sparse=False
            ),
            (
                KeySet(index.name, tuple(_parts(index.attributes, self._keys.indexes[index.name])))
                for index in self._table.indexes
                if index.name in self._keys.indexes
            ),
        )
        wrong: set[str] = set()
        made = {name for keys in self._keys.indexes.values() for name in keys} - set(
            self._keys.table
        )
        derived = made & self._keys.derived
        for item in self._keys.items:
            values = {name: value for name, value in item.items() if name not in derived}
            try:
                found = derive(rules, rules.derived, values)
            except KxError:
                return derived
            if found.errors:
                return derived
            for name in derived:
                if found.present.get(name, {}).get("S") != item.get(name):
                    wrong.add(name)
        return wrong


def _parts(attributes: Sequence[KeyAttribute], templates: dict[str, str]) -> list[KeyPart]:
    return [
        KeyPart(key.name, parse(templates[key.name]), "range" if number else "hash", key.type)
        for number, key in enumerate(attributes)
    ]
