"""Faults inside an answer: some statements fail, some items are left, pages come empty or twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kxmodel.testing.faults.call import Answer, Call, Fault

#: Codes of one statement's error, without "Exception"
#: (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchStatementError.html), and of a
#: cancellation's reason
#: (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html).
_SAID: Final = {
    "AccessDenied": "Access denied.",
    "ConditionalCheckFailed": "The conditional request failed.",
    "DuplicateItem": "Duplicate primary key exists in table.",
    "InternalServerError": "Internal server error.",
    "ItemCollectionSizeLimitExceeded": "Collection size exceeded.",
    "ProvisionedThroughputExceeded": "The level of configured provisioned throughput for the table "
    "was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
    "RequestLimitExceeded": "Throughput exceeds the current throughput limit for your account.",
    "ResourceNotFound": "Requested resource not found.",
    "ThrottlingError": "Throughput exceeds the current capacity of your table or index. DynamoDB is "
    "automatically scaling your table or index so please try again shortly.",
    "TransactionConflict": "Transaction is ongoing for the item.",
    "ValidationError": "One or more parameter values were invalid.",
}


def statements_fail(code: str, *, share: float = 1.0, done: bool = False) -> Fault:
    """BatchExecuteStatement answers HTTP 200, and some of its statements have an error of their own.

    share: of the statements, each by chance and at least one. done: they were carried out
    nevertheless, as an ``InternalServerError`` may be.
    """

    def fault(call: Call) -> Answer:
        statements = call.parameters["Statements"]
        failing = _some(call, len(statements), share)
        sent = [s for n, s in enumerate(statements) if done or n not in failing]
        answer: dict[str, Any] = {"Responses": []}
        if sent:
            answer = dict(call.send({**call.parameters, "Statements": sent}))
        rows = iter(answer["Responses"])
        error = {"Error": {"Code": code, "Message": _SAID.get(code, code)}}
        if done:
            answer["Responses"] = [error if n in failing else row for n, row in enumerate(rows)]
        else:
            counted = range(len(statements))
            answer["Responses"] = [error if n in failing else next(rows) for n in counted]
        return answer

    return fault


def unprocessed(share: float = 1.0) -> Fault:
    """BatchWriteItem and BatchGetItem leave some of the items, each by chance and at least one.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
    """

    def fault(call: Call) -> Answer:
        reading = call.operation == "batch_get_item"
        wanted: dict[str, Any] = dict(call.parameters["RequestItems"])
        places = [
            (table, position)
            for table, rows in wanted.items()
            for position in range(len(rows["Keys"] if reading else rows))
        ]
        left = {places[n] for n in _some(call, len(places), share)}
        kept = _part(wanted, set(places) - left)
        answer: dict[str, Any] = {"Responses": {}} if reading else {}
        if kept:
            answer = dict(call.send({**call.parameters, "RequestItems": kept}))
        answer["UnprocessedKeys" if reading else "UnprocessedItems"] = _part(wanted, left)
        return answer

    return fault


def cancelled(*codes: str) -> Fault:
    """TransactWriteItems and its like are cancelled; nothing is done.

    codes: the reason of each item in order, without "Exception", e.g. ``TransactionConflict``; ``None``
    for an item that is not to blame, which may be left out at the end.
    """

    def fault(call: Call) -> Answer:
        name = "TransactStatements" if call.operation == "execute_transaction" else "TransactItems"
        count = len(call.parameters[name])
        listed = [*codes, *["None"] * count][:count]
        reasons = [
            {"Code": code} if code == "None" else {"Code": code, "Message": _SAID.get(code, code)}
            for code in listed
        ]
        raise call.errors.make(
            call.operation,
            "TransactionCanceledException",
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
            f"[{', '.join(listed)}]",
            members={"CancellationReasons": reasons},
        )

    return fault


def empty_page() -> Fault:
    """Scan and Query: a page without items that is not the last. A first page comes as it is.

    "Scan" says that a page may be empty and more follow:
    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html
    """

    def fault(call: Call) -> Answer:
        start = call.parameters.get("ExclusiveStartKey")
        if start is None:
            return call.go()
        return {"Items": [], "Count": 0, "ScannedCount": 0, "LastEvaluatedKey": start}

    return fault


def short_page(items: int = 1) -> Fault:
    """Scan and Query: a page of at most so many items, as where they are large."""

    def fault(call: Call) -> Answer:
        limit = min(items, call.parameters.get("Limit", items))
        return call.send({**call.parameters, "Limit": limit})

    return fault


def repeated_page() -> Fault:
    """Scan and Query: a page, and then the same page again. A first page comes once."""

    def fault(call: Call) -> Answer:
        start = call.parameters.get("ExclusiveStartKey")
        answer = call.go()
        return answer if start is None else {**answer, "LastEvaluatedKey": start}

    return fault


def repeated_items() -> Fault:
    """Scan and Query: a page that has each of its items twice."""

    def fault(call: Call) -> Answer:
        answer = call.go()
        items = [item for item in answer["Items"] for _ in range(2)]
        return {**answer, "Items": items, "Count": len(items), "ScannedCount": len(items)}

    return fault


def _some(call: Call, count: int, share: float) -> set[int]:
    """Positions below `count`, each by chance, and at least one."""
    chosen = {n for n in range(count) if call.chance.random() < share}
    return chosen or {call.chance.randrange(count)}


def _part(wanted: dict[str, Any], places: set[tuple[str, int]]) -> dict[str, Any]:
    """The rows at these places, in the form in which they were asked for."""
    part: dict[str, Any] = {}
    for table, rows in wanted.items():
        listed = rows["Keys"] if isinstance(rows, dict) else rows
        chosen = [row for n, row in enumerate(listed) if (table, n) in places]
        if chosen:
            part[table] = {**rows, "Keys": chosen} if isinstance(rows, dict) else chosen
    return part
