"""New, changed and removed indexes of a table, and the keys that stored items need for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kxmodel.errors import ChangeRefused
from kxmodel.keys import parse
from kxmodel.migrate.diff.creating import create_index
from kxmodel.migrate.diff.derived import expanded
from kxmodel.migrate.operations import (
    BackfillKeys,
    DropIndex,
    RemoveKeys,
    SetEntityKeys,
    VerifyKeys,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kxmodel.migrate.diff.draft import Steps
    from kxmodel.migrate.operations import Operation
    from kxmodel.migrate.state import EntityState, IndexKeysState, TableState


def compare_indexes(
    before: TableState, after: TableState, common: Sequence[str], steps: Steps
) -> None:
    """Plan the indexes. common: the entities that are in both. Raises ChangeRefused KX614."""
    table = after.name
    taken = {(each, other) for each in common for other in _taken(before, after, each, steps)}
    for name in sorted({*before.indexes, *after.indexes, *_filled(before), *_filled(after)}):
        was, now = before.indexes.get(name), after.indexes.get(name)
        redefined = was is not None and now is not None and was != now
        if redefined:
            _check_outage(table, name, "definition", steps)
            steps.outage.append(DropIndex(table, name))
        if was is not None and now is None and any((each, name) in taken for each in common):
            steps.outage.append(DropIndex(table, name))
        elif was is not None and now is None:
            steps.readers.append(f"query {name} no longer")
            # Before its keys are given up, so that undoing fills them in before it makes the index.
            steps.drop.append(DropIndex(table, name))
        touched = [
            _compare_keys(
                before,
                after,
                each,
                name,
                steps.outage if (each, name) in taken else steps.drop,
                steps,
            )
            for each in common
        ]
        created = now is not None and (was is None or redefined)
        in_use = any(name in after.entities[each].indexes for each in common)
        if any(touched) or (created and in_use):
            steps.verify.append(VerifyKeys(table, name))
        if created and now is not None:
            steps.create.append(create_index(table, now))


def _compare_keys(
    before: TableState,
    after: TableState,
    entity: str,
    index: str,
    leaving: list[Operation],
    steps: Steps,
) -> bool:
    """Plan the keys of one entity in one index; True where stored items are backfilled.

    leaving: where it is planned that the entity leaves the index.
    """
    table = after.name
    was, now = (state.entities[entity].indexes.get(index) for state in (before, after))
    if was == now and not _made_otherwise(before, after, entity, _texts(was)):
        if (
            now is None
            or _own(after.entities[entity], now)
            or not _more_known(before, after, entity)
        ):
            return False
        steps.keys.append(BackfillKeys(table, entity, index, now.keys, now.when))
        steps.writers.append(f"stamp {', '.join(now.keys)} on every {entity} as it is known now")
        return True
    if now is None:
        assert was is not None
        _leave(before, after, entity, index, was, leaving, steps)
        return False
    own = {key.name for key in after.keys}
    rest = None if was is None else _without(was, own)
    alike = was != now and rest == _without(now, own)
    if alike and not _made_otherwise(before, after, entity, _texts(rest)):
        # Only the table's own key in the index is another, and that is changed by moving the items.
        steps.keys.append(SetEntityKeys(table, entity, index, now.keys, now.when))
        return False
    if was is not None and (
        was.keys != now.keys or _made_otherwise(before, after, entity, was.keys.values())
    ):
        _check_outage(table, index, f"template for {entity}", steps)
    if was is None and _is_there(before.entities[entity], now):
        steps.keys.append(SetEntityKeys(table, entity, index, now.keys, now.when))
        steps.notes.append(
            f"{table}: {index} is over attributes that every {entity} has as they are; nothing is "
            "backfilled."
        )
        return False
    steps.keys.append(BackfillKeys(table, entity, index, now.keys, now.when))
    steps.writers.append(f"stamp {', '.join(now.keys)} on every {entity}")
    return True


def _leave(
    before: TableState,
    after: TableState,
    entity: str,
    index: str,
    was: IndexKeysState,
    leaving: list[Operation],
    steps: Steps,
) -> None:
    table = after.name
    if index not in after.indexes:
        leaving.append(SetEntityKeys(table, entity, index))
        others = after.entities[entity].indexes
        taken = {key.name for key in after.keys}.union(*(keys.keys for keys in others.values()))
        kept = [name for name, text in was.keys.items() if text != f"${{{name}}}"]
        if index in before.indexes and (own := [name for name in kept if name not in taken]):
            steps.notes.append(
                f"{table}: stored items of {entity} keep {', '.join(own)}; "
                "op.RemoveKeys removes them."
            )
        for name, keys in others.items():
            # Items that were in the dropped one alone would keep what the two shared.
            shared = set(kept) & set(keys.keys) - {key.name for key in after.keys}
            later = leaving is steps.outage and before.entities[entity].indexes.get(name) != keys
            if shared and not later and not _follows(was, keys):
                leaving.append(BackfillKeys(table, entity, name, keys.keys, keys.when))
        return
    steps.writers.append(f"put {entity} into {index} no longer")
    leaving.append(RemoveKeys(table, entity, index, was.keys, was.when))


def _taken(before: TableState, after: TableState, entity: str, steps: Steps) -> set[str]:
    """The indexes of which an attribute of the key gets another value, as the key of an index of another
    name. Raises ChangeRefused KX614: such an index is read until it is dropped."""
    primary = {key.name for key in after.keys}
    found = set[str]()
    for other, was in before.entities[entity].indexes.items():
        for index, now in after.entities[entity].indexes.items():
            for name in (was.keys.keys() & now.keys.keys()) - primary:
                text = was.keys[name]
                if index == other or (
                    text == now.keys[name] and not _made_otherwise(before, after, entity, [text])
                ):
                    continue
                if other in before.indexes:
                    _check_outage(after.name, other, f"template of {name} for {entity}", steps)
                found.add(other)
    return found


def _follows(one: IndexKeysState, other: IndexKeysState) -> bool:
    """Whether an item that is in the one index is in the other as well."""
    return one.when == other.when and _sources(other) <= _sources(one)


def _made_otherwise(
    before: TableState, after: TableState, entity: str, texts: Iterable[str]
) -> bool:
    """Whether the same templates give something else, since a derived attribute in them does."""
    derives = [state.entities[entity].derive for state in (before, after)]
    return any(len({expanded(text, derive) for derive in derives}) > 1 for text in texts)


def _without(keys: IndexKeysState, names: set[str]) -> IndexKeysState:
    """The keys but for these key attributes."""
    return replace(keys, keys={n: text for n, text in keys.keys.items() if n not in names})


def _texts(keys: IndexKeysState | None) -> list[str]:
    """The templates of the keys, and what the condition looks at as templates."""
    if keys is None:
        return []
    return [*keys.keys.values(), *(f"${{{path}}}" for path in keys.when or ())]


def _own(entity: EntityState, keys: IndexKeysState) -> bool:
    """Whether every key attribute of the index is one that items have without it."""
    return all(
        text == f"${{{name}}}" or entity.keys.get(name) == text for name, text in keys.keys.items()
    )


def _more_known(before: TableState, after: TableState, entity: str) -> bool:
    """Whether items can be of the entity by now that were not: each old test has to follow from a new one."""
    was, now = (state.entities[entity].recognise for state in (before, after))
    equals, prefix = now.get("equals", {}), now.get("prefix", {})
    same = all(equals.get(name) == text for name, text in was.get("equals", {}).items())
    return not same or not all(
        any(found.get(name, "").startswith(text) for found in (equals, prefix))
        for name, text in was.get("prefix", {}).items()
    )


def _is_there(entity: EntityState, wanted: IndexKeysState) -> bool:
    """Whether every stored item has these key attributes already, as far as it can have them."""
    return all(
        text == f"${{{name}}}"
        or entity.keys.get(name) == text
        or any(_gives(keys, name, text, wanted) for keys in entity.indexes.values())
        for name, text in wanted.keys.items()
    )


def _gives(keys: IndexKeysState, name: str, text: str, wanted: IndexKeysState) -> bool:
    """Whether an item that is to be in the one index has this attribute from its key in the other."""
    return keys.keys.get(name) == text and _follows(wanted, keys)


def _sources(keys: IndexKeysState) -> set[str]:
    return {source for text in keys.keys.values() for source in parse(text).sources}


def _filled(table: TableState) -> set[str]:
    return {index for entity in table.entities.values() for index in entity.indexes}


def _check_outage(table: str, index: str, what: str, steps: Steps) -> None:
    if steps.options.allow_outage:
        steps.notes.append(
            f"{table}: the {what} of {index} changes in place; until the migration has ended, "
            "queries on it fail or see a mixture."
        )
        return
    raise ChangeRefused(
        f"{table}: the {what} of {index} changed in place",
        code="KX614",
        fix=f"Declare a new index with new key attributes beside {index} and migrate; switch the "
        f"readers to it; then remove {index} and migrate again. --allow-outage plans it in place.",
    )
