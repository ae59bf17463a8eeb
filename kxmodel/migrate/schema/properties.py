"""A table's billing, encryption and tags. As in `settings`, each returns whether anything changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.errors import EngineCannot, MigrationError
from kxmodel.migrate.schema.waiting import describe, wait_for_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.migrate.schema.control import Response
    from kxmodel.migrate.schema.waiting import Control

#: Seconds in which a table begins to show that its encryption changes.
_TAKEN_UP: Final = 20.0


def set_capacity(control: Control, table: str, read: int | None, write: int | None) -> bool:
    """Provision read and write units for the table and each of its indexes, or (None) bill on demand.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html
    """
    found = _there(control, table)
    wanted = None if read is None or write is None else (read, write)
    change = _capacity_change(found, wanted)
    if not change:
        return False
    _update(control, table, "provision capacity" if wanted else "bill on demand", **change)

    def look() -> str | None:
        now = _there(control, table)
        busy = [i for i in _indexes(now) if i.get("IndexStatus", "ACTIVE") != "ACTIVE"]
        return "changing" if busy or _capacity_change(now, wanted) else None

    control.until(f"capacity of {table}", look)
    return True


def _capacity_change(found: Response, wanted: tuple[int, int] | None) -> dict[str, object]:
    """What UpdateTable is to be sent; it refuses units that are as they were."""
    now = _units(found)
    if wanted is None:
        return {} if now is None else {"BillingMode": "PAY_PER_REQUEST"}
    units = {"ReadCapacityUnits": wanted[0], "WriteCapacityUnits": wanted[1]}
    change: dict[str, object] = {}
    if now != wanted:
        change = {"BillingMode": "PROVISIONED", "ProvisionedThroughput": units}
    # An index that was billed on demand has no units of its own yet; some engines tell none ever.
    names = [
        each["IndexName"]
        for each in _indexes(found)
        if now is None or _units({**each, "BillingModeSummary": {}}) not in (None, wanted)
    ]
    if names:
        change["GlobalSecondaryIndexUpdates"] = [
            {"Update": {"IndexName": name, "ProvisionedThroughput": units}} for name in names
        ]
    return change


def set_encryption(control: Control, table: str, key: str) -> bool:
    """Encrypt at rest with ``aws-owned``, ``aws-managed``, or a KMS key's ARN or alias.

    Which key an alias stands for, and which is AWS's own, no description tells: DynamoDB refuses a
    change to the key that the table has, and that is no error here.
    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSESpecification.html
    """
    status, arn = _encryption(control, table)
    if key == "aws-owned":
        if status == "DISABLED":
            return False
        specification: dict[str, object] = {"Enabled": False}
    else:
        name = "alias/aws/dynamodb" if key == "aws-managed" else key
        if status != "DISABLED" and (arn == name or arn.endswith(f":{name}")):
            return False
        own = {} if key == "aws-managed" else {"KMSMasterKeyId": key}
        specification = {"Enabled": True, "SSEType": "KMS", **own}
    if not _encrypt(control, table, specification):
        return False
    goal = "ENABLED" if specification["Enabled"] else "DISABLED"
    start = control.clock.monotonic()

    def look() -> str | None:
        now, _ = _encryption(control, table)
        if now == "DISABLED" != goal and control.clock.monotonic() - start > _TAKEN_UP:
            raise EngineCannot(f"this engine does not change the encryption of table {table}")
        return None if now == goal else now

    control.until(f"encryption of {table}", look)
    return True


def _encrypt(control: Control, table: str, specification: Mapping[str, object]) -> bool:
    try:
        _update(control, table, "change the encryption", SSESpecification=specification)
    except MigrationError as error:
        if "already encrypted" in error.message:
            return False
        if "At least one of ProvisionedThroughput" in error.message:
            # It does not see the only thing that it was asked for.
            raise EngineCannot(f"this engine cannot change the encryption of {table}") from error
        raise
    return True


def _encryption(control: Control, table: str) -> tuple[str, str]:
    """The status, and the key's ARN."""
    found = _there(control, table).get("SSEDescription", {})
    return str(found.get("Status", "DISABLED")), str(found.get("KMSMasterKeyArn", ""))


def set_tags(control: Control, table: str, tags: Mapping[str, str]) -> bool:
    """Give the table these tags and no others, apart from AWS's own (``aws:``)."""
    arn = _there(control, table)["TableArn"]
    now = _tags(control, table, arn)
    gone = sorted(set(now) - set(tags))
    new = [{"Key": n, "Value": v} for n, v in sorted(tags.items()) if now.get(n) != v]
    if gone:
        control.send(
            lambda: control.client.untag_resource(ResourceArn=arn, TagKeys=gone), f"untag {table}"
        )
    if new:
        control.send(lambda: control.client.tag_resource(ResourceArn=arn, Tags=new), f"tag {table}")
    if not (gone or new):
        return False
    control.until(
        f"tags of {table}",
        lambda: None if _tags(control, table, arn) == dict(tags) else "changing",
    )
    return True


def _tags(control: Control, table: str, arn: str) -> dict[str, str]:
    """The table's tags, but for AWS's own."""
    found: dict[str, str] = {}
    request: dict[str, object] = {"ResourceArn": arn}
    while True:
        page = control.send(
            lambda: control.client.list_tags_of_resource(**request), f"read the tags of {table}"
        )
        found |= {each["Key"]: each["Value"] for each in page.get("Tags", ())}
        if not (token := page.get("NextToken")):
            return {name: text for name, text in found.items() if not name.startswith("aws:")}
        request["NextToken"] = token


def _indexes(found: Response) -> Sequence[Response]:
    indexes: Sequence[Response] = found.get("GlobalSecondaryIndexes", ())
    return indexes


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
