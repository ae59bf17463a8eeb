"""What an entity's JSON Schema asks of stored items that it did not ask before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kxmodel.errors import ChangeRefused
from kxmodel.migrate.diff.draft import Rename, Steps
from kxmodel.migrate.diff.narrowing import narrowings
from kxmodel.migrate.operations import AddAttribute, RenameAttribute, ValidateItems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.migrate.state import EntityState, TableState
    from kxmodel.values import UnjsonType


def find_renames(before: TableState, after: TableState, name: str, steps: Steps) -> TableState:
    """`before`, with the attributes of one entity called as in `after`, where a person says so."""
    for rename in _candidates(before, after, name):
        if steps.options.ask is None:
            steps.notes.append(
                f"{rename.table}: {rename.old} of {name} is gone and {rename.new}, with the same "
                "schema, is new. If it was renamed, run this on a terminal, or write "
                f'op.RenameAttribute("{rename.table}", entity="{name}", old="{rename.old}", '
                f'new="{rename.new}").'
            )
        elif steps.options.ask(rename):
            operation = RenameAttribute(rename.table, name, rename.old, rename.new)
            steps.renames.append(operation)
            steps.writers.append(
                f"read {rename.old} as well as {rename.new} of {name}, and write {rename.new}"
            )
            before = _renamed(before, operation)
    return before


def compare_schema(before: TableState, after: TableState, name: str, steps: Steps) -> None:
    """Plan what stored items of an entity need. Raises ChangeRefused KX615."""
    was, now = before.entities[name], after.entities[name]
    if was.schema_digest == now.schema_digest:
        return
    if was.schema is None or now.schema is None:
        steps.notes.append(
            f"{after.name}: what changed in the schema of {name} is not known, since no snapshot "
            "holds the one before."
        )
        return
    filled = set(_filled(before, after, name, steps))
    tighter = [
        place
        for place in narrowings(was.schema, now.schema)
        if place not in {f"{each}: required" for each in filled}
        and place.partition(":")[0] not in _derived_keys(after, now)
    ]
    # A new one that every item is to have may lack a source on some.
    needed = set(_plain(now).get("required", ())) - set(_plain(was).get("properties", {}))
    tighter += [f"{each}: required" for each in sorted(needed & set(now.derive))]
    if tighter:
        steps.validations.append(
            ValidateItems(after.name, name, report_only=False, schema=now.schema_digest)
        )
        steps.writers.append(f"keep to what is now asked of {name} ({', '.join(tighter)})")


def _filled(before: TableState, after: TableState, name: str, steps: Steps) -> Iterator[str]:
    """The attributes that are required now and get a value. Raises ChangeRefused KX615."""
    was, now = _plain(before.entities[name]), _plain(after.entities[name])
    entity = after.entities[name]
    renamed = {each.new for each in steps.renames if isinstance(each, RenameAttribute)}
    keys = _derived_keys(after, entity)
    for attribute in sorted(set(now.get("required", ())) - set(was.get("required", ()))):
        if attribute in renamed or attribute in keys or attribute in entity.derive:
            continue
        if attribute in entity.defaults:
            value = entity.defaults[attribute]
            kind: UnjsonType | None = "B" if attribute in entity.binary else None
            steps.attributes.append(AddAttribute(after.name, name, attribute, value, kind))
            steps.writers.append(f"write {attribute} of {name}")
            yield attribute
        elif attribute not in was.get("properties", {}):
            raise ChangeRefused(
                f"{after.name}: {name} requires {attribute}, which stored items do not have",
                code="KX615",
                fix=f"Give {attribute} a `default` that is no list and no object; or make it optional, "
                "fill it by a migration (AddAttribute, TransformAttribute), and require it afterwards. "
                "If it is an old attribute by another name, run this on a terminal.",
            )


def _candidates(before: TableState, after: TableState, name: str) -> Iterator[Rename]:
    was, now = _plain(before.entities[name]), _plain(after.entities[name])
    old, new = was.get("properties", {}), now.get("properties", {})
    keys = {key.name for table in (before, after) for key in _all_keys(table)}
    taken: set[str] = set()
    for gone in sorted(set(old) - set(new) - keys):
        for added in sorted(set(new) - set(old) - keys - taken):
            same_need = (gone in was.get("required", ())) == (added in now.get("required", ()))
            if old[gone] == new[added] and same_need:
                taken.add(added)
                yield Rename(after.name, name, gone, added)
                break


def _renamed(table: TableState, operation: RenameAttribute) -> TableState:
    from kxmodel.migrate.state import State

    return operation.apply(State({table.name: table})).tables[table.name]


def _plain(entity: EntityState) -> Mapping[str, Any]:
    return entity.schema or {}


def _all_keys(table: TableState) -> list[Any]:
    return [*table.keys, *(key for index in table.indexes.values() for key in index.attributes)]


def _derived_keys(table: TableState, entity: EntityState) -> set[str]:
    """The key attributes that writers never give: their templates do, and backfills fill them."""
    templates = dict(entity.keys)
    for index in entity.indexes.values():
        templates |= index.keys
    return {name for name, text in templates.items() if text != f"${{{name}}}"}
