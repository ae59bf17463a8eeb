"""Small questions to a live DynamoDB, one for each fact that `kxmodel.engines.quirks` declares.

Each probe takes a client of an engine with one fresh table (``pk``/``sk`` strings, index ``gsi`` on
``g`` string / ``h`` string) and says what it saw.
"""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "pk='a' AND sk='b'"


def make_table(client: Any, **more: Any) -> str:
    name = f"q-{uuid.uuid4().hex[:10]}"
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": n, "AttributeType": "S"} for n in ("pk", "sk", "g", "h")
        ],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "gsi",
                "KeySchema": [
                    {"AttributeName": "g", "KeyType": "HASH"},
                    {"AttributeName": "h", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        **more,
    )
    return name


def put(client: Any, table: str, sk: str = "b", **more: Any) -> None:
    client.put_item(TableName=table, Item={"pk": {"S": "a"}, "sk": {"S": sk}, **more})


def get(client: Any, table: str, sk: str = "b") -> dict[str, Any]:
    answer = client.get_item(
        TableName=table, Key={"pk": {"S": "a"}, "sk": {"S": sk}}, ConsistentRead=True
    )
    item: dict[str, Any] = answer.get("Item", {})
    return item


def refused(call: Callable[[], Any]) -> bool:
    try:
        call()
    except (ClientError, BotoCoreError):
        return True
    return False


def batch(client: Any, *statements: str, **more: Any) -> list[dict[str, Any]]:
    """One answer a statement: ``{"Error": ...}`` where it failed; a refused batch fails all."""
    try:
        answer = client.batch_execute_statement(
            Statements=[{"Statement": text, **more} for text in statements]
        )
    except (ClientError, BotoCoreError) as error:
        return [
            {"Error": {"Code": type(error).__name__, "Message": str(error)}, "Whole": True}
        ] * len(statements)
    found: list[dict[str, Any]] = answer["Responses"]
    return found


def enforces_item_size_on_update(client: Any, table: str) -> bool:
    put(client, table, one={"S": "x" * 390_000})
    return refused(
        lambda: client.update_item(
            TableName=table,
            Key={"pk": {"S": "a"}, "sk": {"S": "b"}},
            UpdateExpression="SET two = :v",
            ExpressionAttributeValues={":v": {"S": "y" * 30_000}},
        )
    )


def checks_index_key_types(client: Any, table: str) -> bool:
    wrong = refused(lambda: put(client, table, g={"N": "1"}, h={"S": "x"}))
    empty = refused(lambda: put(client, table, g={"S": ""}, h={"S": "x"}))
    return wrong and empty


def checks_index_key_length(client: Any, table: str) -> bool:
    return refused(lambda: put(client, table, g={"S": "g"}, h={"S": "x" * 1025}))


def max_transact_get(client: Any, table: str) -> int:
    put(client, table)
    for count in (100, 25):
        items = [
            {"Get": {"TableName": table, "Key": {"pk": {"S": "a"}, "sk": {"S": f"b{n}"}}}}
            for n in range(count)
        ]
        if not refused(lambda items=items: client.transact_get_items(TransactItems=items)):
            return count
    return 0


def honours_client_request_token(client: Any, table: str) -> bool:
    put(client, table, n={"N": "0"})
    for _ in range(2):
        client.transact_write_items(
            ClientRequestToken="one-token",
            TransactItems=[
                {
                    "Update": {
                        "TableName": table,
                        "Key": {"pk": {"S": "a"}, "sk": {"S": "b"}},
                        "UpdateExpression": "ADD n :one",
                        "ExpressionAttributeValues": {":one": {"N": "1"}},
                    }
                }
            ],
        )
    return get(client, table)["n"] == {"N": "1"}


def concurrent_updates_safe(client: Any, table: str) -> bool:
    """Losing an update takes luck, so that True here may be chance: see the test."""
    threads, each = 4, 60
    put(client, table, n={"N": "0"})

    def add() -> None:
        for _ in range(each):
            client.update_item(
                TableName=table,
                Key={"pk": {"S": "a"}, "sk": {"S": "b"}},
                UpdateExpression="ADD n :one",
                ExpressionAttributeValues={":one": {"N": "1"}},
            )

    running = [threading.Thread(target=add) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return get(client, table)["n"] == {"N": str(threads * each)}


def capacity_figures(client: Any, table: str) -> bool:
    """Ten items of 10 KB: an eventually consistent query reads 13 units, a consistent one 25-26."""
    for n in range(10):
        put(client, table, sk=f"{n}", text={"S": "x" * 10_000})
    units = []
    for consistent in (False, True):
        answer = client.query(
            TableName=table,
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": "a"}},
            ConsistentRead=consistent,
            ReturnConsumedCapacity="TOTAL",
        )
        units.append(answer.get("ConsumedCapacity", {}).get("CapacityUnits"))
    scan = client.scan(TableName=table, ReturnConsumedCapacity="TOTAL")
    units.append(scan.get("ConsumedCapacity", {}).get("CapacityUnits"))
    return units == [12.5, 25.0, 12.5] or units == [13.0, 25.0, 13.0]


def partiql_set_form(client: Any, table: str) -> str:
    put(client, table)
    [answer] = batch(client, f"UPDATE \"{table}\" SET one='1' SET two='2' WHERE {KEY}")
    item = get(client, table)
    return "repeated" if "Error" not in answer and {"one", "two"} <= set(item) else "comma"


def partiql_comma_works(client: Any, table: str) -> bool:
    put(client, table)
    [answer] = batch(client, f"UPDATE \"{table}\" SET one='1', two='2' WHERE {KEY}")
    return "Error" not in answer and {"one", "two"} <= set(get(client, table))


FUNCTIONS = {
    "attribute_type": ("attribute_type(tag, 'S')", "attribute_type(tag, 'N')"),
    "begins_with": ("begins_with(tag, 'wo')", "begins_with(tag, 'ow')"),
    "contains": ("contains(tag, 'or')", "contains(tag, 'xx')"),
    "size": ("size(tag) = 4", "size(tag) = 5"),
}


def partiql_functions(client: Any, table: str) -> frozenset[str]:
    """A function works when its true form lets the write through and its false form stops it."""
    seen = set()
    for name, (true, false) in FUNCTIONS.items():
        put(client, table, tag={"S": "word"})
        [stopped] = batch(client, f"UPDATE \"{table}\" SET wrong='1' WHERE {KEY} AND {false}")
        [through] = batch(client, f"UPDATE \"{table}\" SET done='1' WHERE {KEY} AND {true}")
        item = get(client, table)
        if "Error" in stopped and "Error" not in through and "done" in item and "wrong" not in item:
            seen.add(name)
    return frozenset(seen)


def partiql_or(client: Any, table: str) -> bool:
    put(client, table, tag={"S": "word"})
    guard = "(tag = 'no' OR tag = 'word')"
    [answer] = batch(client, f"UPDATE \"{table}\" SET done='1' WHERE {KEY} AND {guard}")
    return "Error" not in answer and "done" in get(client, table)


def partiql_conditions(client: Any, table: str) -> bool:
    put(client, table, tag={"S": "word"})
    answers = batch(
        client,
        f"UPDATE \"{table}\" SET wrong='1' WHERE {KEY} AND tag = 'other'",
        f"UPDATE \"{table}\" SET wrong='1' WHERE pk='a' AND sk='absent'",
    )
    return all("Error" in answer for answer in answers) and "wrong" not in get(client, table)


def partiql_missing_last(client: Any, table: str) -> bool:
    put(client, table, tag={"S": "word"})
    batch(client, f"UPDATE \"{table}\" SET tag='new' WHERE {KEY} AND tag IS MISSING")
    return get(client, table)["tag"] == {"S": "word"}


def partiql_old_on_failure(client: Any, table: str) -> bool:
    put(client, table, tag={"S": "word"})
    [answer] = batch(
        client,
        f"UPDATE \"{table}\" SET wrong='1' WHERE {KEY} AND tag = 'other'",
        ReturnValuesOnConditionCheckFailure="ALL_OLD",
    )
    item: dict[str, Any] = answer.get("Error", {}).get("Item", {})
    return item.get("tag") == {"S": "word"}


def partiql_limits_batch(client: Any, table: str) -> bool:
    for n in range(26):
        put(client, table, sk=f"{n}")
    texts = [f"UPDATE \"{table}\" SET done='1' WHERE pk='a' AND sk='{n}'" for n in range(26)]
    return all("Error" in answer for answer in batch(client, *texts))


def partiql_refuses_duplicates(client: Any, table: str) -> bool:
    put(client, table)
    texts = [f"UPDATE \"{table}\" SET done='{n}' WHERE {KEY}" for n in range(2)]
    return any("Error" in answer for answer in batch(client, *texts))


def partiql_refuses_mixed(client: Any, table: str) -> bool:
    put(client, table)
    read = f'SELECT * FROM "{table}" WHERE {KEY}'
    write = f"UPDATE \"{table}\" SET done='1' WHERE pk='a' AND sk='c'"
    put(client, table, sk="c")
    return any("Error" in answer for answer in batch(client, read, write))


def partiql_checks_index_keys(client: Any, table: str) -> bool:
    put(client, table, h={"S": "h"})
    [wrong] = batch(client, f'UPDATE "{table}" SET g=1 WHERE {KEY}')
    [empty] = batch(client, f"UPDATE \"{table}\" SET g='' WHERE {KEY}")
    return "Error" in wrong and "Error" in empty


def partiql_enforces_item_size(client: Any, table: str) -> bool:
    put(client, table, one={"S": "x" * 390_000})
    [answer] = batch(client, f"UPDATE \"{table}\" SET two='{'y' * 8_000}' WHERE {KEY}")
    [answer] = batch(client, f"UPDATE \"{table}\" SET three='{'y' * 8_000}' WHERE {KEY}")
    [answer] = batch(client, f"UPDATE \"{table}\" SET four='{'y' * 8_000}' WHERE {KEY}")
    return "Error" in answer


def refuses_two_index_creates(client: Any, table: str) -> bool:
    def create(name: str) -> dict[str, Any]:
        return {
            "Create": {
                "IndexName": name,
                "KeySchema": [{"AttributeName": name, "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        }

    return refused(
        lambda: client.update_table(
            TableName=table,
            AttributeDefinitions=[
                {"AttributeName": n, "AttributeType": "S"} for n in ("new-i", "new-j")
            ],
            GlobalSecondaryIndexUpdates=[create("new-i"), create("new-j")],
        )
    )


def index_has_states(client: Any, table: str) -> bool:
    client.update_table(
        TableName=table,
        AttributeDefinitions=[{"AttributeName": "new-i", "AttributeType": "S"}],
        GlobalSecondaryIndexUpdates=[
            {
                "Create": {
                    "IndexName": "new-i",
                    "KeySchema": [{"AttributeName": "new-i", "KeyType": "HASH"}],
                    "Projection": {"ProjectionType": "ALL"},
                }
            }
        ],
    )
    indexes = client.describe_table(TableName=table)["Table"]["GlobalSecondaryIndexes"]
    return any(row["IndexStatus"] != "ACTIVE" for row in indexes)


def refuses_same_ttl(client: Any, table: str) -> bool:
    on = {"Enabled": True, "AttributeName": "until"}
    client.update_time_to_live(TableName=table, TimeToLiveSpecification=on)
    return refused(lambda: client.update_time_to_live(TableName=table, TimeToLiveSpecification=on))


def point_in_time_recovery(client: Any, table: str) -> bool:
    if refused(
        lambda: client.update_continuous_backups(
            TableName=table,
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
        )
    ):
        return False
    answer = client.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    status = answer.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus")
    return bool(status == "ENABLED")


#: The field of `Quirks` -> the probe that asks for it.
PROBES: dict[str, Callable[[Any, str], object]] = {
    probe.__name__: probe
    for probe in (
        enforces_item_size_on_update,
        checks_index_key_types,
        checks_index_key_length,
        max_transact_get,
        honours_client_request_token,
        capacity_figures,
        partiql_set_form,
        partiql_functions,
        partiql_or,
        partiql_conditions,
        partiql_missing_last,
        partiql_old_on_failure,
        partiql_limits_batch,
        partiql_refuses_duplicates,
        partiql_refuses_mixed,
        partiql_checks_index_keys,
        partiql_enforces_item_size,
        refuses_two_index_creates,
        index_has_states,
        refuses_same_ttl,
        point_in_time_recovery,
    )
}
