"""An access pattern by the AWS CLI, for a POSIX shell.

https://docs.aws.amazon.com/cli/latest/reference/dynamodb/query.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs.jsonlines import json_line
from kxmodel.docs.snippets.literals import shell_argument

if TYPE_CHECKING:
    from kxmodel.docs.asking import Asked


def snippet(asked: Asked) -> str:
    """A command that sends the Query and prints the answer as JSON."""
    request = asked.request
    options = [f"--table-name {shell_argument(asked.table.name)}"]
    if asked.pattern.index is not None:
        options.append(f"--index-name {shell_argument(asked.pattern.index)}")
    options.append(
        f"--key-condition-expression {shell_argument(request['KeyConditionExpression'])}"
    )
    if "FilterExpression" in request:
        options.append(f"--filter-expression {shell_argument(request['FilterExpression'])}")
    for option, member in (
        ("--expression-attribute-names", "ExpressionAttributeNames"),
        ("--expression-attribute-values", "ExpressionAttributeValues"),
    ):
        options.append(f"{option} {shell_argument(json_line(request[member]))}")
    if not request["ScanIndexForward"]:
        options.append("--no-scan-index-forward")
    if request.get("ConsistentRead"):
        options.append("--consistent-read")
    # A page of this size is all it asks for: without it, a whole megabyte is read and paid.
    options.append(f"--page-size {asked.limit} --max-items {asked.limit}")
    binary = any("B" in value for value in request["ExpressionAttributeValues"].values())
    said = "# Binary is base64, as version 2 of the AWS CLI reads it.\n" if binary else ""
    return (
        f"{said}aws dynamodb query \\\n" + " \\\n".join(f"  {option}" for option in options) + "\n"
    )
