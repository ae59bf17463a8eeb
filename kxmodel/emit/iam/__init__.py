"""ir -> IAM: a policy for each role, and what they hold in words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.emit.emitter import Emitter
from kxmodel.emit.files import path
from kxmodel.emit.iam import roles, tenant
from kxmodel.emit.iam.notes import notes
from kxmodel.emit.iam.policy import documents
from kxmodel.emit.iam.public import public_indexes
from kxmodel.emit.iam.settings import SETTINGS, place_of
from kxmodel.emit.labels import camel, check_names, labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.emit.emitter import Given
    from kxmodel.emit.files import Files
    from kxmodel.ir import Table

__all__ = ["EMITTER"]


def emit(tables: Sequence[Table], given: Given) -> Files:
    """``<role>.json`` for each role, and ``NOTES.md``; for one role alone, its policy.

    Tables without a tenant are in no tenant's policy. Raises ExportError: KX701, and KX703 for what a
    policy cannot say.
    """
    tables = sorted(tables, key=lambda table: table.name)
    for table in tables:
        check_names(table)
    place = place_of(given)
    public = public_indexes(tables, given["public"])
    called = labels((table.name for table in tables), camel)
    named = {called[table.name]: table for table in tables}
    policies = {
        "reader": roles.reader(named, place),
        "writer": roles.writer(named, place),
        "migrator": roles.migrator(named, place, given["history"], given["ledger"]),
        "tenant-reader": tenant.tenant_reader(named, public, place),
        "tenant-writer": tenant.tenant_writer(named, public, place),
    }
    files: Files = {}
    for role, statements in policies.items():
        if statements and given["role"] in ("all", role):
            files |= {path(name): text for name, text in documents(role, statements).items()}
    if given["role"] == "all":
        files[path("NOTES.md")] = notes(tables, public, place)
    return dict(sorted(files.items()))


EMITTER: Final = Emitter(
    name="iam",
    summary="policies of least privilege: reader, writer, migrator, and of one tenant",
    emit=emit,
    settings=SETTINGS,
)
