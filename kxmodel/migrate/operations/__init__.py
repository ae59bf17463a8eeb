"""What a migration can do: one immutable value for each step. No I/O.

Each knows how the state changes (`apply`), how it reads aloud (`describe`), whether and by what it can
be undone (`reversible`, `inverse`), what it destroys, and what its checksum is made of (`canonical`).
"""

from kxmodel.migrate.operations.attributes import AddAttribute, RemoveAttribute, RenameAttribute
from kxmodel.migrate.operations.base import Kind, Operation
from kxmodel.migrate.operations.derive import DeriveAttributes, RemoveDerived
from kxmodel.migrate.operations.entities import (
    AddEntity,
    RemoveEntity,
    SetEntity,
    SetEntityKeys,
    SetSchema,
)
from kxmodel.migrate.operations.indexes import CreateIndex, DropIndex
from kxmodel.migrate.operations.keys import BackfillKeys, RemoveKeys, VerifyKeys
from kxmodel.migrate.operations.python import RunPython
from kxmodel.migrate.operations.rekey import Rekey
from kxmodel.migrate.operations.settings import (
    SetCapacity,
    SetDeletionProtection,
    SetEncryption,
    SetPointInTimeRecovery,
    SetStream,
    SetTags,
    SetTimeToLive,
)
from kxmodel.migrate.operations.tables import CreateTable, DropTable, LocalIndex
from kxmodel.migrate.operations.transform import TransformAttribute
from kxmodel.migrate.operations.validation import ValidateItems
from kxmodel.migrate.operations.waiting import WaitForWriters

__all__ = [
    "AddAttribute",
    "AddEntity",
    "BackfillKeys",
    "CreateIndex",
    "CreateTable",
    "DeriveAttributes",
    "DropIndex",
    "DropTable",
    "Kind",
    "LocalIndex",
    "Operation",
    "Rekey",
    "RemoveAttribute",
    "RemoveDerived",
    "RemoveEntity",
    "RemoveKeys",
    "RenameAttribute",
    "RunPython",
    "SetCapacity",
    "SetDeletionProtection",
    "SetEncryption",
    "SetEntity",
    "SetEntityKeys",
    "SetPointInTimeRecovery",
    "SetSchema",
    "SetStream",
    "SetTags",
    "SetTimeToLive",
    "TransformAttribute",
    "ValidateItems",
    "VerifyKeys",
    "WaitForWriters",
]
