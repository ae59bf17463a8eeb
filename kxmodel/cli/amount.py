"""Numbers on the command line."""

from __future__ import annotations

import math
from typing import Any

import click


class Amount(click.FloatRange):
    """A number in a range. Python's ``nan`` and ``inf``, which no comparison with a limit ends, are none."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """See `click.ParamType.convert`."""
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value} is no finite number.", param, ctx)
        return number
