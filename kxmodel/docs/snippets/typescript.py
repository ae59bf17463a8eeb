"""An access pattern by the DocumentClient of the AWS SDK for JavaScript, version 3.

https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-aws-sdk-lib-dynamodb/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs.snippets.literals import entries, script_text, typescript_value

if TYPE_CHECKING:
    from kxmodel.docs.asking import Asked

_WIDTH = 88


def snippet(asked: Asked) -> str:
    """A module that sends the Query and prints the items. It is plain JavaScript as well."""
    request = asked.request
    names = {mark: script_text(n) for mark, n in request["ExpressionAttributeNames"].items()}
    values = {
        mark: typescript_value(value)
        for mark, value in request["ExpressionAttributeValues"].items()
    }
    fields = [f"TableName: {script_text(asked.table.name)}"]
    if asked.pattern.index is not None:
        fields.append(f"IndexName: {script_text(asked.pattern.index)}")
    fields.append(f"KeyConditionExpression: {script_text(request['KeyConditionExpression'])}")
    if "FilterExpression" in request:
        fields.append(f"FilterExpression: {script_text(request['FilterExpression'])}")
    fields.append(_object("ExpressionAttributeNames", names))
    fields.append(_object("ExpressionAttributeValues", values))
    if not request["ScanIndexForward"]:
        fields.append("ScanIndexForward: false")
    if request.get("ConsistentRead"):
        fields.append("ConsistentRead: true")
    fields.append(f"Limit: {asked.limit}")
    exact = any(literal.startswith("NumberValue.") for literal in values.values())
    imported = "DynamoDBDocumentClient, " + ("NumberValue, " if exact else "") + "QueryCommand"
    return "\n".join(
        [
            'import { DynamoDBClient } from "@aws-sdk/client-dynamodb";',
            f'import {{ {imported} }} from "@aws-sdk/lib-dynamodb";',
            "",
            "const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));",
            "const answer = await client.send(",
            "  new QueryCommand({",
            *(f"    {line}," for line in fields),
            "  }),",
            ");",
            "console.log(answer.Items);",
            "",
        ]
    )


def _object(name: str, members: dict[str, str]) -> str:
    line = f"{name}: {{ {', '.join(entries(members))} }}"
    if len(line) <= _WIDTH:
        return line
    inner = "".join(f"      {each},\n" for each in entries(members))
    return f"{name}: {{\n{inner}    }}"
