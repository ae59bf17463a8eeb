"""The arguments of botocore's Query for what a plan asks. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kxmodel.runtime.patterns.attribute_values import encode_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.runtime.entity import Pattern
    from kxmodel.runtime.patterns.reader import KeyAttributes
    from kxmodel.runtime.patterns.span import Span
    from kxmodel.values import AttributeValue


def build_request(
    pattern: Pattern,
    hash_value: Mapping[str, AttributeValue],
    spans: Mapping[str, Span],
    range_key: KeyAttributes,
    compared: Mapping[str, AttributeValue],
    forward: bool,
) -> dict[str, Any]:
    names: dict[str, str] = {}
    values: dict[str, AttributeValue] = {}
    conditions = []
    for number, (name, value) in enumerate(hash_value.items()):
        mark = f"pk{number or ''}"
        names[f"#{mark}"], values[f":{mark}"] = name, value
        conditions.append(f"#{mark} = :{mark}")
    for number, (name, span) in enumerate(spans.items()):
        found = span.condition()
        if found is None:
            continue
        operator, operands = found
        mark = f"sk{number or ''}"
        names[f"#{mark}"] = name
        marks = [f":{mark}"] if len(operands) == 1 else [f":{mark}_from", f":{mark}_to"]
        values.update({m: encode_key(operand) for m, operand in zip(marks, operands, strict=True)})
        conditions.append(_written(operator, f"#{mark}", marks))
    request: dict[str, Any] = {"KeyConditionExpression": " AND ".join(conditions)}
    filters = _filters(compared, {*hash_value, *dict(range_key)}, names, values)
    if pattern.index is not None:
        request["IndexName"] = pattern.index
    if filters:
        request["FilterExpression"] = filters
    request["ExpressionAttributeNames"] = names
    request["ExpressionAttributeValues"] = values
    request["ScanIndexForward"] = forward
    if pattern.consistent:
        request["ConsistentRead"] = True
    return request


def _written(operator: str, name: str, marks: list[str]) -> str:
    if operator == "begins_with":
        return f"begins_with({name}, {marks[0]})"
    if operator == "BETWEEN":
        return f"{name} BETWEEN {marks[0]} AND {marks[1]}"
    return f"{name} {operator} {marks[0]}"


def _filters(
    compared: Mapping[str, AttributeValue],
    keys: set[str],
    names: dict[str, str],
    values: dict[str, AttributeValue],
) -> str:
    """The filter expression; a key attribute of the query may not stand in it (DynamoDB's rule)."""
    conditions = []
    for number, (path, value) in enumerate(compared.items()):
        if path in keys:
            continue
        marks = []
        for depth, segment in enumerate(path.split(".")):
            marks.append(f"#f{number}_{depth}")
            names[marks[-1]] = segment
        values[f":f{number}"] = value
        conditions.append(f"{'.'.join(marks)} = :f{number}")
    return " AND ".join(conditions)
