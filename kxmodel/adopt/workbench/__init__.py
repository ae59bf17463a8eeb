"""NoSQL Workbench for DynamoDB: its data model files -> draft schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.adopt.draft import Draft, make_drafts
from kxmodel.adopt.workbench.model import read_model

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["import_workbench", "read_model"]


def import_workbench(path: Path) -> tuple[Draft, ...]:
    """A draft for each table of the model at `path`. Raises AdoptError KX710 for what is no model."""
    return make_drafts(read_model(path))
