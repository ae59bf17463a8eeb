"""A table's billing, encryption and tags. As in `settings`, each returns whether anything changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors import MigrationError
from kxmodel.migrate.schema.waiting import describe, wait_for_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.schema.control import Response
    from kxmodel.migrate.schema.waiting import Control


def set_capacity(control: Control, table: str, read: int | None, write: int | None) -> bool:
    """Provision read and write units for the table and each of its indexes, or (None) bill on demand.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html
    """
    found = _there(control, table)
    now = _units(found)
    if read is None or write is None:
        if now is None:
            return False
        _update(control, table, "bill on demand", BillingMode="PAY_PER_REQUEST")
        return True
    if now == (read, write):
        return False
    units = {"ReadCapacityUnits": read, "WriteCapacityUnits": write}
    change: dict[str, object] = {"BillingMode": "PROVISIONED", "ProvisionedThroughput": units}
    indexes = [each["IndexName"] for each in found.get("GlobalSecondaryIndexes", ())]
    if indexes and now is None:  # an index that was billed on demand has no units of its own yet
        change["GlobalSecondaryIndexUpdates"] = [
            {"Update": {"IndexName": name, "ProvisionedThroughput": units}} for name in indexes
        ]
    _update(control, table, "provision capacity", **change)
    return True


def set_encryption(control: Control, table: str, key: str) -> bool:
    """Encrypt at rest with ``aws-owned``, ``aws-managed``, or a KMS key's ARN or alias.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSESpecification.html
    """
    found = _there(control, table).get("SSEDescription", {})
    enabled = found.get("Status") in ("ENABLED", "ENABLING", "UPDATING")
    if key == "aws-owned":
        if not enabled:
            return False
        _update(control, table, "change the encryption", SSESpecification={"Enabled": False})
        return True
    if enabled and key not in ("aws-managed",) and found.get("KMSMasterKeyArn") == key:
        return False
    own = {} if key == "aws-managed" else {"KMSMasterKeyId": key}
    wanted = {"Enabled": True, "SSEType": "KMS", **own}
    _update(control, table, "change the encryption", SSESpecification=wanted)
    return True


def set_tags(control: Control, table: str, tags: Mapping[str, str]) -> bool:
    """Give the table these tags and no others, apart from AWS's own (``aws:``)."""
    arn = _there(control, table)["TableArn"]
    now: dict[str, str] = {}
    request: dict[str, object] = {"ResourceArn": arn}
    while True:
        page = control.send(
            lambda: control.client.list_tags_of_resource(**request), f"read the tags of {table}"
        )
        now |= {each["Key"]: each["Value"] for each in page.get("Tags", ())}
        if not (token := page.get("NextToken")):
            break
        request["NextToken"] = token
    gone = sorted(n for n in now if n not in tags and not n.startswith("aws:"))
    new = [{"Key": n, "Value": v} for n, v in sorted(tags.items()) if now.get(n) != v]
    if gone:
        control.send(
            lambda: control.client.untag_resource(ResourceArn=arn, TagKeys=gone), f"untag {table}"
        )
    if new:
        control.send(lambda: control.client.tag_resource(ResourceArn=arn, Tags=new), f"tag {table}")
    return bool(gone or new)


def _there(control: Control, table: str) -> Response:
    found = describe(control, table)
    if found is None:
        raise MigrationError(f"there is no table {table}", code="KX643")
    return found


def _units(found: Response) -> tuple[int, int] | None:
    """The provisioned read and write units; None: on demand."""
    units = found.get("ProvisionedThroughput", {})
    read, write = (
        int(units.get("ReadCapacityUnits") or 0),
        int(units.get("WriteCapacityUnits") or 0),
    )
    mode = found.get("BillingModeSummary", {}).get("BillingMode")
    on_demand = mode == "PAY_PER_REQUEST" or (mode is None and not (read and write))
    return None if on_demand else (read, write)


def _update(control: Control, table: str, what: str, **change: object) -> None:
    wait_for_table(control, table)
    control.send(
        lambda: control.client.update_table(TableName=table, **change), f"{what} of table {table}"
    )
    wait_for_table(control, table)
