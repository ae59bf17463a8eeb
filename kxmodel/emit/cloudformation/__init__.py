"""ir -> CloudFormation: one template with the tables, their scaling and their alarms. Pure."""

from __future__ import annotations

from typing import Final

from kxmodel.emit.capacity import SETTINGS
from kxmodel.emit.cloudformation.template import emit
from kxmodel.emit.emitter import Emitter

__all__ = ["EMITTER"]

EMITTER: Final = Emitter(
    name="cloudformation",
    summary="a template: tables, indexes, settings, auto scaling, alarms",
    emit=emit,
    settings=SETTINGS,
)
