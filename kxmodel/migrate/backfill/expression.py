"""A conditional change of one item as an UpdateItem request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kxmodel.migrate.tasks.task import Item, Path, Verdict
    from kxmodel.values import AttributeValue


def update_request(table: str, key: Item, verdict: Verdict) -> dict[str, Any]:
    """The arguments of UpdateItem. The item has to exist and to meet every guard.

    Every name is a placeholder, so that reserved words and any character are names like others.
    """
    made = _Placeholders()
    actions = []
    if verdict.set:
        pairs = [f"{made.path((n,))} = {made.value(v)}" for n, v in verdict.set.items()]
        actions.append("SET " + ", ".join(pairs))
    if verdict.remove:
        actions.append("REMOVE " + ", ".join(made.path((name,)) for name in verdict.remove))
    conditions = [f"attribute_exists({made.path((next(iter(key)),))})"]
    for path, guard in verdict.guards.items():
        if guard is None:
            conditions.append(f"attribute_not_exists({made.path(path)})")
        else:
            conditions.append(f"{made.path(path)} = {made.value(guard)}")
    request: dict[str, Any] = {
        "TableName": table,
        "Key": dict(key),
        "UpdateExpression": " ".join(actions),
        "ConditionExpression": " AND ".join(conditions),
        "ExpressionAttributeNames": made.names,
        "ReturnConsumedCapacity": "TOTAL",
    }
    if made.values:
        request["ExpressionAttributeValues"] = made.values
    return request


class _Placeholders:
    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.values: dict[str, AttributeValue] = {}
        self._known: dict[str, str] = {}

    def path(self, path: Path) -> str:
        text = ""
        for part in path:
            text += f"[{part}]" if isinstance(part, int) else f".{self._name(part)}"
        return text[1:]

    def value(self, value: AttributeValue) -> str:
        placeholder = f":v{len(self.values)}"
        self.values[placeholder] = value
        return placeholder

    def _name(self, name: str) -> str:
        placeholder = self._known.setdefault(name, f"#n{len(self._known)}")
        self.names[placeholder] = name
        return placeholder
