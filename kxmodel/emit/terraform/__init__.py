"""ir -> Terraform: a module with the tables, their scaling and their alarms. Pure."""

from __future__ import annotations

from typing import Final

from kxmodel.emit.capacity import SETTINGS
from kxmodel.emit.emitter import Emitter
from kxmodel.emit.terraform.module import emit

__all__ = ["EMITTER"]

EMITTER: Final = Emitter(
    name="terraform",
    summary="a module: tables, indexes, settings, auto scaling, alarms",
    emit=emit,
    settings=SETTINGS,
)
