"""The migrations folder: files, their order, checksums and snapshots."""

from kxmodel.migrate.files.checking import check
from kxmodel.migrate.files.folder import Folder, load_folder
from kxmodel.migrate.files.graph import Graph
from kxmodel.migrate.files.loading import load_file
from kxmodel.migrate.files.lock import LOCK, lock_text, read_both_sides, read_lock
from kxmodel.migrate.files.snapshots import (
    read_snapshot,
    schemas_of,
    snapshot_text,
    unknown_schemas,
    with_schemas,
)
from kxmodel.migrate.files.target import wanted

__all__ = [
    "LOCK",
    "Folder",
    "Graph",
    "check",
    "load_file",
    "load_folder",
    "lock_text",
    "read_both_sides",
    "read_lock",
    "read_snapshot",
    "schemas_of",
    "snapshot_text",
    "unknown_schemas",
    "wanted",
    "with_schemas",
]
