"""Carrying out the operations that change tables, indexes and settings."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final, TypeAlias

from kxmodel.errors import EngineCannot, MigrationError
from kxmodel.migrate import operations as op
from kxmodel.migrate import schema
from kxmodel.migrate.schema.compare import refuse_differences
from kxmodel.migrate.schema.waiting import describe, index_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from kxmodel.migrate.names import Names
    from kxmodel.migrate.operations import Operation
    from kxmodel.migrate.schema import Control

    #: Whether anything changed; or a note.
    Change: TypeAlias = Callable[[Control, Names, Any], bool | str]


def change(
    control: Control, names: Names, operation: Operation, following: Sequence[Operation] = ()
) -> str | None:
    """Bring the database to what a schema operation says, and wait until it is so.

    following: the migration's operations after this one. Where they create indexes of the same table at
    once, what would keep one of those from being made is found before the first is.

    Returns a note: what a new index holds; or what is odd: it was so already, or this engine cannot do
    it and is none of AWS's. Raises MigrationError KX642, KX643, KX650, KX651, KX656.
    """
    do = _CHANGES.get(type(operation))
    if do is None:
        raise MigrationError(f"nothing is known of how to carry out: {operation.describe()}")
    try:
        if isinstance(operation, op.CreateIndex):
            _refuse_violations(control, names, operation, following)
        changed = do(control, names, operation)
    except EngineCannot as error:
        if type(operation) not in _OPTIONAL:
            raise
        return f"left out: {error.message}"
    if isinstance(changed, str):
        return changed
    return None if changed else "was so already"


def _create_table(control: Control, names: Names, o: op.CreateTable) -> bool:
    return schema.create_table(control, names.table(o.table), o.definition)


def _drop_table(control: Control, names: Names, o: op.DropTable) -> bool:
    return schema.drop_table(control, names.table(o.table))


def _create_index(control: Control, names: Names, o: op.CreateIndex) -> str:
    table = names.table(o.table)
    created = schema.create_index(control, table, o.definition)
    # One that was there already may be that of a run which was killed before it compared.
    found = refuse_differences(control, table, o.definition)
    told = f"{found.entries:,} entries, {found.verdict}"
    return told if created else f"was there already; {told}"


def _refuse_violations(
    control: Control, names: Names, first: op.CreateIndex, following: Sequence[Operation]
) -> None:
    """See `change`. Before each index it is asked anew: the last may have taken days."""
    others = takewhile(
        lambda o: isinstance(o, op.CreateIndex) and o.table == first.table, following
    )
    table = names.table(first.table)
    there = describe(control, table)
    made = [o for o in (first, *others) if isinstance(o, op.CreateIndex)]
    if index_of(there, first.index) is None:
        lacking = (o.definition for o in made if index_of(there, o.index) is None)
        schema.refuse_violations(control, table, *lacking)


def _drop_index(control: Control, names: Names, o: op.DropIndex) -> bool:
    return schema.drop_index(control, names.table(o.table), o.index)


def _ttl(control: Control, names: Names, o: op.SetTimeToLive) -> bool:
    return schema.set_time_to_live(control, names.table(o.table), o.attribute)


def _stream(control: Control, names: Names, o: op.SetStream) -> bool:
    return schema.set_stream(control, names.table(o.table), o.view)


def _recovery(control: Control, names: Names, o: op.SetPointInTimeRecovery) -> bool:
    return schema.set_point_in_time_recovery(control, names.table(o.table), o.enabled)


def _protection(control: Control, names: Names, o: op.SetDeletionProtection) -> bool:
    return schema.set_deletion_protection(control, names.table(o.table), o.enabled)


def _capacity(control: Control, names: Names, o: op.SetCapacity) -> bool:
    return schema.set_capacity(control, names.table(o.table), o.read_capacity, o.write_capacity)


def _encryption(control: Control, names: Names, o: op.SetEncryption) -> bool:
    return schema.set_encryption(control, names.table(o.table), o.key)


def _tags(control: Control, names: Names, o: op.SetTags) -> bool:
    return schema.set_tags(control, names.table(o.table), o.tags)


_CHANGES: Final[Mapping[type[Operation], Change]] = {
    op.CreateTable: _create_table,
    op.DropTable: _drop_table,
    op.CreateIndex: _create_index,
    op.DropIndex: _drop_index,
    op.SetTimeToLive: _ttl,
    op.SetStream: _stream,
    op.SetPointInTimeRecovery: _recovery,
    op.SetDeletionProtection: _protection,
    op.SetCapacity: _capacity,
    op.SetEncryption: _encryption,
    op.SetTags: _tags,
}

#: What a local engine may lack without the data being any different for it.
_OPTIONAL: Final = frozenset(
    {
        op.SetTimeToLive,
        op.SetStream,
        op.SetPointInTimeRecovery,
        op.SetDeletionProtection,
        op.SetEncryption,
        op.SetTags,
    }
)
