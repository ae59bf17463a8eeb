"""How much capacity exported tables have: the settings, and what they come to for one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.emit.emitter import Setting, whole_number
from kxmodel.errors import ExportError

if TYPE_CHECKING:
    from kxmodel.emit.emitter import Given
    from kxmodel.ir import Table

#: What the formats that set up tables take.
SETTINGS: Final = (
    Setting(
        "max_read",
        "most read units a second: where auto scaling ends, or what on-demand tables are held to",
    ),
    Setting("max_write", "the same for write units"),
    Setting("utilisation", "percent of the provisioned units that auto scaling aims at", "70"),
)

#: Where nothing else is said, auto scaling may go to so many times what the schema provisions, and
#: not over the default quota of a table: "Throughput default quotas",
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
_GROWTH: Final = 10
_QUOTA: Final = 40_000
#: Of a target tracking policy: "TargetTrackingScalingPolicyConfiguration",
#: https://docs.aws.amazon.com/autoscaling/application/APIReference/
_LEAST_AIM, _MOST_AIM = 20, 90


@dataclass(frozen=True)
class Scaled:
    """Provisioned units a second, and how far auto scaling may go from there."""

    least: int
    most: int


@dataclass(frozen=True)
class Capacity:
    """Of a table and of each of its global indexes.

    read, write: None where it is billed on demand. most_read, most_write: units a second that an
    on-demand table is held to; None: whatever DynamoDB gives. aim: percent.
    """

    read: Scaled | None = None
    write: Scaled | None = None
    most_read: int | None = None
    most_write: int | None = None
    aim: int = 70


def capacity_of(table: Table, given: Given) -> Capacity:
    """The capacity of a table. Raises ExportError KX701 for a setting that does not fit."""
    aim = whole_number(given, "utilisation", least=_LEAST_AIM)
    if aim > _MOST_AIM:
        raise ExportError(
            f"utilisation cannot be {aim}",
            code="KX701",
            fix=f"Give {_LEAST_AIM} to {_MOST_AIM} percent.",
        )
    read = whole_number(given, "max_read", least=1) if given["max_read"] else None
    write = whole_number(given, "max_write", least=1) if given["max_write"] else None
    settings = table.settings
    if settings.read_capacity is None or settings.write_capacity is None:
        return Capacity(most_read=read, most_write=write, aim=aim)
    return Capacity(
        _scaled(table, "max_read", settings.read_capacity, read),
        _scaled(table, "max_write", settings.write_capacity, write),
        aim=aim,
    )


def _scaled(table: Table, setting: str, least: int, most: int | None) -> Scaled:
    if most is None:
        return Scaled(least, max(least, min(_GROWTH * least, _QUOTA)))
    if most < least:
        raise ExportError(
            f"{setting} cannot be {most}: the schema provisions {least} units for {table.name}",
            code="KX701",
            fix="Give more, or export that table by itself with --table.",
        )
    return Scaled(least, most)
