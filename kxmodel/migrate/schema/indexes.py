"""Creating and dropping an index of a live table: one per UpdateTable, then the wait for it.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from kxmodel.errors import MigrationError
from kxmodel.ir import KeyAttribute
from kxmodel.migrate.schema.control import code_of
from kxmodel.migrate.schema.definitions import (
    attribute_definitions,
    index_difference,
    index_request,
    types_of,
)
from kxmodel.migrate.schema.waiting import (
    describe,
    index_of,
    wait_for_index,
    wait_for_no_index,
)

if TYPE_CHECKING:
    from kxmodel.migrate.schema.control import Response
    from kxmodel.migrate.schema.waiting import Control
    from kxmodel.migrate.state import IndexState


def create_index(control: Control, table: str, index: IndexState) -> bool:
    """Create the index and wait until it is ACTIVE itself; False where it was there already.

    It judges no stored value: `violations` does, before. Raises MigrationError KX643 where another
    index has the name, KX650 and KX651.
    """
    found = index_of(describe(control, table), index.name)
    if found is not None and found.get("IndexStatus") == "DELETING":
        wait_for_no_index(control, table, index.name)
        found = None
    if found is None:
        control.send(
            lambda: _create(control, table, index), f"create index {index.name} of {table}"
        )
    wait_for_index(control, table, index.name)
    description = describe(control, table) or {}
    made = index_of(description, index.name) or {}
    difference = index_difference(index, made, description)
    if difference:
        raise MigrationError(
            f"{table} has an index {index.name} already, and {difference}", code="KX643"
        )
    return found is None


def _create(control: Control, table: str, index: IndexState) -> Response:
    description = describe(control, table)
    if description is None:
        raise MigrationError(f"there is no table {table} to create {index.name} in", code="KX643")
    if index_of(description, index.name) is not None:  # the reply to an earlier attempt was lost
        return {}
    return control.client.update_table(**update_request(description, index))


def update_request(description: Response, index: IndexState) -> dict[str, object]:
    """The parameters of an UpdateTable that creates the index in the table described.

    Raises MigrationError KX643 where a key attribute is a key already, of another type.
    """
    types = dict(types_of(description))
    for each in index.attributes:
        if types.setdefault(each.name, each.type) != each.type:
            raise MigrationError(
                f"{each.name} is a key of type {types[each.name]} in {description['TableName']}; "
                f"{index.name} cannot have it as {each.type}",
                code="KX643",
            )
    create = index_request(index)
    throughput = description.get("ProvisionedThroughput", {})
    units = {
        name: throughput.get(name) or 0 for name in ("ReadCapacityUnits", "WriteCapacityUnits")
    }
    mode = description.get("BillingModeSummary", {}).get("BillingMode")
    if mode == "PROVISIONED" or (mode is None and all(units.values())):
        create["ProvisionedThroughput"] = units
    return {
        "TableName": description["TableName"],
        "AttributeDefinitions": attribute_definitions(
            KeyAttribute(name, kind)  # type: ignore[arg-type]  # DynamoDB's own descriptors
            for name, kind in types.items()
        ),
        "GlobalSecondaryIndexUpdates": [{"Create": create}],
    }


def drop_index(control: Control, table: str, index: str) -> bool:
    """Drop the index and wait until it is gone; False where there was none.

    Raises MigrationError KX650 and KX651.
    """
    found = index_of(describe(control, table), index)
    if found is None:
        return False

    def ask() -> Response:
        there = index_of(describe(control, table), index)
        if there is None or there.get("IndexStatus") == "DELETING":
            return {}
        try:
            return control.client.update_table(
                TableName=table,
                GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": index}}],
            )
        except ClientError as error:
            if code_of(error) == "ResourceNotFoundException":
                return {}
            raise

    control.send(ask, f"drop index {index} of {table}")
    wait_for_no_index(control, table, index)
    return True
