"""An access pattern by boto3's table resource.

Conditions are its own (https://boto3.amazonaws.com/v1/documentation/api/latest/reference/customizations/dynamodb.html).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kxmodel.docs.snippets.literals import boto3_value, python_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.docs.asking import Asked, Condition

_METHODS = {
    "=": "eq",
    "<": "lt",
    "<=": "lte",
    ">": "gt",
    ">=": "gte",
    "BETWEEN": "between",
    "begins_with": "begins_with",
}


#: The path syntax of its conditions, which no name may hold that is meant as it stands.
_PATH_SYNTAX = frozenset(".[]")


def snippet(asked: Asked) -> str:
    """A program that sends the Query and prints the items."""
    request = asked.request
    compared = (*asked.key_conditions, *asked.filters)
    spelled = any(_PATH_SYNTAX & set(name) for each in compared for name in each.path)
    arguments = []
    if asked.pattern.index is not None:
        arguments.append(f"IndexName={python_text(asked.pattern.index)}")
    arguments += _expressions(request) if spelled else _conditions(asked)
    if not request["ScanIndexForward"]:
        arguments.append("ScanIndexForward=False")
    if request.get("ConsistentRead"):
        arguments.append("ConsistentRead=True")
    arguments.append(f"Limit={asked.limit}")
    literals = [boto3_value(value) for each in compared for value in each.values]
    exact = any(literal.startswith("Decimal(") for literal in literals)
    used = ", ".join(["Attr", "Key"] if asked.filters else ["Key"])
    return "\n".join(
        [
            *(["from decimal import Decimal", ""] if exact else []),
            "import boto3",
            *([] if spelled else [f"from boto3.dynamodb.conditions import {used}"]),
            "",
            f'table = boto3.resource("dynamodb").Table({python_text(asked.table.name)})',
            "answer = table.query(",
            *(f"    {argument}," for argument in arguments),
            ")",
            'print(answer["Items"])',
            "",
        ]
    )


def _conditions(asked: Asked) -> list[str]:
    made = [f"KeyConditionExpression={_all('Key', asked.key_conditions)}"]
    return [*made, f"FilterExpression={_all('Attr', asked.filters)}"] if asked.filters else made


def _expressions(request: Mapping[str, Any]) -> list[str]:
    """As DynamoDB itself takes them, with a placeholder for each name."""
    written = ("KeyConditionExpression", "FilterExpression")
    made = [f"{name}={python_text(request[name])}" for name in written if name in request]
    names, values = request["ExpressionAttributeNames"], request["ExpressionAttributeValues"]
    shown = ", ".join(f"{python_text(m)}: {python_text(name)}" for m, name in names.items())
    made.append(f"ExpressionAttributeNames={{{shown}}}")
    shown = ", ".join(f"{python_text(m)}: {boto3_value(value)}" for m, value in values.items())
    return [*made, f"ExpressionAttributeValues={{{shown}}}"]


def _all(kind: str, conditions: Sequence[Condition]) -> str:
    return " & ".join(_condition(kind, each) for each in conditions)


def _condition(kind: str, condition: Condition) -> str:
    values = ", ".join(map(boto3_value, condition.values))
    name = python_text(".".join(condition.path))
    return f"{kind}({name}).{_METHODS[condition.operator]}({values})"
