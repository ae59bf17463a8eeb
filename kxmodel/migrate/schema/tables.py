"""Creating and dropping tables. Each may be asked for again: what is done is not done twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from kxmodel.errors import MigrationError
from kxmodel.migrate.schema.control import code_of
from kxmodel.migrate.schema.definitions import (
    attribute_definitions,
    index_request,
    key_schema,
    table_difference,
)
from kxmodel.migrate.schema.waiting import describe, wait_for_no_table, wait_for_table

if TYPE_CHECKING:
    from kxmodel.migrate.schema.control import Response
    from kxmodel.migrate.schema.waiting import Control
    from kxmodel.migrate.state import SettingsState, TableState


def create_table(control: Control, name: str, table: TableState) -> bool:
    """Create the table and wait until it is ACTIVE; False where it was there already.

    name: as it is called in the database. table: its keys, and what is made in the same request: the
    indexes, and every setting but time to live and point-in-time recovery.
    Raises MigrationError KX643 where another table has the name, KX650 and KX651.
    """
    found = describe(control, name)
    created = found is None
    if found is None:
        request = create_request(name, table)

        def ask() -> Response:
            try:
                return control.client.create_table(**request)
            except ClientError as error:
                # The reply to an earlier attempt was lost, or another run was quicker.
                if code_of(error) == "ResourceInUseException":
                    return {}
                raise

        control.send(ask, f"create table {name}")
    wait_for_table(control, name)
    difference = table_difference(table, describe(control, name) or {})
    if difference:
        raise MigrationError(f"there is a table {name} already, and {difference}", code="KX643")
    return created


def create_request(name: str, table: TableState) -> dict[str, object]:
    """The parameters of CreateTable."""
    keys = [*table.keys, *(each for index in table.indexes.values() for each in index.attributes)]
    request: dict[str, object] = {
        "TableName": name,
        "KeySchema": key_schema((table.hash,), table.keys[1:]),
        "AttributeDefinitions": attribute_definitions(keys),
    }
    throughput: dict[str, object] = {}
    read, write = table.settings.read_capacity, table.settings.write_capacity
    if read is None or write is None:
        request["BillingMode"] = "PAY_PER_REQUEST"
    else:
        throughput["ProvisionedThroughput"] = {
            "ReadCapacityUnits": read,
            "WriteCapacityUnits": write,
        }
        request |= {"BillingMode": "PROVISIONED", **throughput}
    for kind, local in (("GlobalSecondaryIndexes", False), ("LocalSecondaryIndexes", True)):
        made = [
            {**index_request(index), **({} if local else throughput)}
            for index in table.indexes.values()
            if index.local is local
        ]
        if made:
            request[kind] = made
    return {**request, **_settings(table.settings)}


def _settings(settings: SettingsState) -> dict[str, object]:
    """The settings that are not DynamoDB's defaults."""
    request: dict[str, object] = {}
    if settings.stream is not None:
        request["StreamSpecification"] = {
            "StreamEnabled": True,
            "StreamViewType": settings.stream,
        }
    if settings.encryption != "aws-owned":
        key = (
            {} if settings.encryption == "aws-managed" else {"KMSMasterKeyId": settings.encryption}
        )
        request["SSESpecification"] = {"Enabled": True, "SSEType": "KMS", **key}
    if settings.deletion_protection:
        request["DeletionProtectionEnabled"] = True
    if settings.tags:
        request["Tags"] = [{"Key": k, "Value": v} for k, v in sorted(settings.tags.items())]
    return request


def drop_table(control: Control, table: str) -> bool:
    """Drop the table and wait until it is gone; False where there was none.

    Raises MigrationError KX650 and KX651, the latter for a table that is protected from deletion.
    """
    if describe(control, table) is None:
        return False

    def ask() -> Response:
        try:
            return control.client.delete_table(TableName=table)
        except ClientError as error:
            if code_of(error) == "ResourceNotFoundException":
                return {}
            raise

    control.send(ask, f"drop table {table}")
    wait_for_no_table(control, table)
    return True
