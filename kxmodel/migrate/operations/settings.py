"""How a table is set up apart from its keys: one operation for each thing that can be set."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from kxmodel.migrate.operations.base import Kind, Operation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.migrate.state import SettingsState, State, StreamView


@dataclass(frozen=True)
class _Setting(Operation):
    """Sets members of `SettingsState`."""

    kind: ClassVar[Kind] = "schema"
    positional: ClassVar[int] = 2
    #: Argument -> the member of the settings that it sets.
    members: ClassVar[Mapping[str, str]]

    table: str

    def __post_init__(self) -> None:
        self._check_name("table")

    @property
    def values(self) -> dict[str, Any]:
        """Member of the settings -> the value that it gets."""
        return {member: getattr(self, name) for name, member in self.members.items()}

    def apply(self, state: State) -> State:
        table = state.table(self.table)
        return state.with_table(replace(table, settings=replace(table.settings, **self.values)))

    def inverse(self, before: State) -> Operation:
        return self.of(self.table, before.table(self.table).settings)

    @classmethod
    def of(cls, table: str, settings: SettingsState) -> Operation:
        """The operation that brings about what `settings` say."""
        return cls(table, **{name: getattr(settings, m) for name, m in cls.members.items()})


@dataclass(frozen=True)
class SetTimeToLive(_Setting):
    """Let DynamoDB delete items when the time in an attribute has passed; None: no longer."""

    members: ClassVar[Mapping[str, str]] = {"attribute": "ttl"}

    attribute: str | None

    def describe(self) -> str:
        if self.attribute is None:
            return f"Stop deleting items of {self.table} by their time to live."
        return f"Delete items of {self.table} when the time in {self.attribute} has passed."

    @property
    def destroys(self) -> str | None:
        if self.attribute is None:
            return None
        return f"items of {self.table} whose {self.attribute} lies in the past, within days"


@dataclass(frozen=True)
class SetStream(_Setting):
    """Enable the table's stream with a view of the items, or disable it (None)."""

    members: ClassVar[Mapping[str, str]] = {"view": "stream"}

    view: StreamView | None

    def describe(self) -> str:
        if self.view is None:
            return f"Disable the stream of {self.table}."
        return f"Enable the stream of {self.table} with {self.view}."


@dataclass(frozen=True)
class SetPointInTimeRecovery(_Setting):
    """Switch point-in-time recovery on or off."""

    members: ClassVar[Mapping[str, str]] = {"enabled": "point_in_time_recovery"}

    enabled: bool

    def describe(self) -> str:
        verb = "Enable" if self.enabled else "Disable"
        return f"{verb} point-in-time recovery of {self.table}."

    @property
    def destroys(self) -> str | None:
        if self.enabled:
            return None
        return f"the continuous backups of {self.table}"


@dataclass(frozen=True)
class SetDeletionProtection(_Setting):
    """Switch the protection against DeleteTable on or off."""

    members: ClassVar[Mapping[str, str]] = {"enabled": "deletion_protection"}

    enabled: bool

    def describe(self) -> str:
        if self.enabled:
            return f"Protect {self.table} from being deleted."
        return f"No longer protect {self.table} from being deleted."


@dataclass(frozen=True)
class SetCapacity(_Setting):
    """Provision read and write capacity units; without them the table is billed on demand."""

    positional: ClassVar[int] = 1
    members: ClassVar[Mapping[str, str]] = {
        "read_capacity": "read_capacity",
        "write_capacity": "write_capacity",
    }

    read_capacity: int | None = None
    write_capacity: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.read_capacity is None) is not (self.write_capacity is None):
            raise self._refuse("read_capacity and write_capacity are given together or not at all")

    def describe(self) -> str:
        if self.read_capacity is None:
            return f"Bill {self.table} on demand."
        return (
            f"Provision {self.read_capacity} read and {self.write_capacity} write capacity units "
            f"for {self.table}."
        )


@dataclass(frozen=True)
class SetEncryption(_Setting):
    """Choose the key at rest: ``aws-owned``, ``aws-managed``, or a KMS key's ARN or alias."""

    members: ClassVar[Mapping[str, str]] = {"key": "encryption"}

    key: str

    def describe(self) -> str:
        return f"Encrypt {self.table} with the key {self.key}."


@dataclass(frozen=True)
class SetTags(_Setting):
    """Give the table these tags and no others."""

    members: ClassVar[Mapping[str, str]] = {"tags": "tags"}

    tags: Mapping[str, str] = field(default_factory=dict)

    def describe(self) -> str:
        return f"Tag {self.table} with {', '.join(sorted(self.tags)) or 'nothing'}."


#: In the order in which they are planned.
SETTINGS: tuple[type[_Setting], ...] = (
    SetCapacity,
    SetEncryption,
    SetTimeToLive,
    SetStream,
    SetPointInTimeRecovery,
    SetDeletionProtection,
    SetTags,
)


def settings_operations(
    table: str, before: SettingsState, after: SettingsState
) -> Iterator[Operation]:
    """The operations that turn one set of settings into the other."""
    for kind in SETTINGS:
        members = kind.members.values()
        if any(getattr(before, member) != getattr(after, member) for member in members):
            yield kind.of(table, after)
