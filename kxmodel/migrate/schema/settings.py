"""A table's settings: time to live, stream, point-in-time recovery, deletion protection.

Each function brings the table to what is asked and returns whether anything was changed. A setting that
the endpoint does not know raises EngineCannot KX649; other refusals MigrationError KX651.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from botocore.exceptions import ClientError

from kxmodel.errors import MigrationError
from kxmodel.migrate.schema.control import code_of, message_of
from kxmodel.migrate.schema.waiting import describe, wait_for_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.migrate.schema.control import Response
    from kxmodel.migrate.schema.waiting import Control

StreamView: TypeAlias = Literal["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]


def time_to_live(control: Control, table: str) -> tuple[str | None, str]:
    """The attribute that holds the time to live, and its status, e.g. ``("expires", "ENABLING")``."""
    asked = control.send(
        lambda: control.client.describe_time_to_live(TableName=table),
        f"describe the time to live of {table}",
    )
    found = asked.get("TimeToLiveDescription", {})
    return found.get("AttributeName"), str(found.get("TimeToLiveStatus", "DISABLED"))


def set_time_to_live(control: Control, table: str, attribute: str | None) -> bool:
    """Let items expire by this attribute, or (None) never.

    DynamoDB refuses to enable what is enabled, to change the attribute without disabling it first,
    and any second change within an hour, so the state is asked first and nothing is sent twice:
    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
    """
    now, status = time_to_live(control, table)
    on = status in ("ENABLED", "ENABLING")
    if (now if on else None) == attribute:
        return False
    if on and now is not None:
        _send_ttl(control, table, now, enabled=False)
        _settle_ttl(control, table)
    if attribute is not None:
        if status == "DISABLING":
            _settle_ttl(control, table)
        _send_ttl(control, table, attribute, enabled=True)
    return True


def _settle_ttl(control: Control, table: str) -> None:
    def look() -> str | None:
        status = time_to_live(control, table)[1]
        return None if status == "DISABLED" else status

    control.until(f"time to live of {table}", look)


def _send_ttl(control: Control, table: str, attribute: str, *, enabled: bool) -> None:
    verb = "enable" if enabled else "disable"

    def ask() -> Response:
        try:
            return control.client.update_time_to_live(
                TableName=table,
                TimeToLiveSpecification={"AttributeName": attribute, "Enabled": enabled},
            )
        except ClientError as error:
            now, status = time_to_live(control, table)
            done = ("ENABLED", "ENABLING") if enabled else ("DISABLED", "DISABLING")
            if code_of(error) == "ValidationException" and status in done:
                if not enabled or now == attribute:  # the reply to an earlier attempt was lost
                    return {}
            elif code_of(error) == "ValidationException" and "fixed interval" in str(error):
                raise MigrationError(
                    f"could not {verb} the time to live of {table}: {message_of(error)}",
                    code="KX651",
                    fix="DynamoDB takes one such change of a table in an hour: run `kxmodel migrate` "
                    "again after it.",
                ) from error
            raise

    control.send(ask, f"{verb} the time to live of {table} by {attribute}")


def set_stream(control: Control, table: str, view: StreamView | None) -> bool:
    """Enable the table's stream with this view, or (None) disable it.

    A view cannot be changed: the stream is disabled and enabled anew, and its readers begin again.
    """
    now = _stream(describe(control, table) or {})
    if now == view:
        return False
    if now is not None:
        _update(
            control, table, {"StreamSpecification": {"StreamEnabled": False}}, "disable the stream"
        )
        _settle(control, table, "stream", lambda found: _stream(found) is None)
    if view is not None:
        wanted = {"StreamEnabled": True, "StreamViewType": view}
        _update(control, table, {"StreamSpecification": wanted}, f"enable the stream ({view})")
        _settle(control, table, "stream", lambda found: _stream(found) == view)
    return True


def _stream(description: Response) -> str | None:
    found = description.get("StreamSpecification", {})
    return str(found.get("StreamViewType")) if found.get("StreamEnabled") else None


def set_deletion_protection(control: Control, table: str, enabled: bool) -> bool:
    """Protect the table from being dropped, or no longer."""

    def done(found: Response) -> bool:
        return bool(found.get("DeletionProtectionEnabled")) == enabled

    if done(describe(control, table) or {}):
        return False
    verb = "protect" if enabled else "no longer protect"
    _update(control, table, {"DeletionProtectionEnabled": enabled}, f"{verb}, from deletion,")
    _settle(control, table, "deletion protection", done)
    return True


def set_point_in_time_recovery(control: Control, table: str, enabled: bool) -> bool:
    """Keep, or no longer keep, what restoring the table to any second of 35 days needs."""
    what = f"point-in-time recovery of {table}"

    def recovery() -> bool:
        asked = control.send(
            lambda: control.client.describe_continuous_backups(TableName=table), f"describe {what}"
        )
        found = asked.get("ContinuousBackupsDescription", {}).get(
            "PointInTimeRecoveryDescription", {}
        )
        return bool(found.get("PointInTimeRecoveryStatus") == "ENABLED")

    if recovery() == enabled:
        return False
    specification = {"PointInTimeRecoveryEnabled": enabled}
    control.send(
        _retrying(
            lambda: control.client.update_continuous_backups(
                TableName=table, PointInTimeRecoverySpecification=specification
            )
        ),
        f"set {what}",
    )
    control.until(what, lambda: None if recovery() == enabled else "changing")
    return True


def _retrying(request: Callable[[], Response]) -> Callable[[], Response]:
    """ "ContinuousBackupsUnavailableException: Backups have not yet been enabled for this table" passes:
    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html
    """

    def ask() -> Response:
        try:
            return request()
        except ClientError as error:
            if code_of(error) == "ContinuousBackupsUnavailableException":
                error.response["Error"]["Code"] = "ServiceUnavailable"
            raise

    return ask


def _update(control: Control, table: str, change: dict[str, object], what: str) -> None:
    wait_for_table(control, table)
    control.send(
        lambda: control.client.update_table(TableName=table, **change), f"{what} of table {table}"
    )
    wait_for_table(control, table)


def _settle(control: Control, table: str, what: str, done: Callable[[Response], bool]) -> None:
    """Wait until the description, which may lag behind the table's status, says so too."""
    control.until(
        f"{what} of {table}", lambda: None if done(describe(control, table) or {}) else "changing"
    )
