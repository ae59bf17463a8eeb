"""The control plane: bringing tables, indexes and settings to what a migration says."""

from kxmodel.migrate.schema.control import ControlClient
from kxmodel.migrate.schema.indexes import create_index, drop_index
from kxmodel.migrate.schema.properties import set_capacity, set_encryption, set_tags
from kxmodel.migrate.schema.settings import (
    set_deletion_protection,
    set_point_in_time_recovery,
    set_stream,
    set_time_to_live,
)
from kxmodel.migrate.schema.surroundings import Surroundings, surroundings
from kxmodel.migrate.schema.tables import create_table, drop_table
from kxmodel.migrate.schema.violations import Violation, Violations, refuse_violations
from kxmodel.migrate.schema.waiting import Control, Phase

__all__ = [
    "Control",
    "ControlClient",
    "Phase",
    "Surroundings",
    "Violation",
    "Violations",
    "create_index",
    "create_table",
    "drop_index",
    "drop_table",
    "refuse_violations",
    "set_capacity",
    "set_deletion_protection",
    "set_encryption",
    "set_point_in_time_recovery",
    "set_stream",
    "set_tags",
    "set_time_to_live",
    "surroundings",
]
