"""A conditional change of one item as an UpdateItem request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kxmodel.migrate.tasks.task import Guards, Item, Path, Verdict
    from kxmodel.values import AttributeValue


def update_request(table: str, key: Item, verdict: Verdict) -> dict[str, Any]:
    """The arguments of UpdateItem. The item has to exist and to meet every guard.

    Every name is a placeholder, so that reserved words and any character are names like others.
    """
    made = Placeholders()
    actions = []
    if verdict.set:
        pairs = [f"{made.path((n,))} = {made.value(v)}" for n, v in verdict.set.items()]
        actions.append("SET " + ", ".join(pairs))
    if verdict.remove:
        actions.append("REMOVE " + ", ".join(made.path((name,)) for name in verdict.remove))
    request: dict[str, Any] = {
        "TableName": table,
        "Key": dict(key),
        "UpdateExpression": " ".join(actions),
        "ConditionExpression": " AND ".join(conditions(made, key, verdict.guards)),
        "ExpressionAttributeNames": made.names,
        "ReturnConsumedCapacity": "TOTAL",
    }
    if made.values:
        request["ExpressionAttributeValues"] = made.values
    return request


def conditions(made: Placeholders, key: Item, guards: Guards) -> list[str]:
    """The item exists, and every guard holds; those on its key hold by themselves."""
    stated = [f"attribute_exists({made.path((next(iter(key)),))})"]
    for path, guard in guards.items():
        if path[0] in key:
            continue
        if guard is None:
            stated.append(f"attribute_not_exists({made.path(path)})")
        else:
            stated.append(f"{made.path(path)} = {made.value(guard)}")
    return stated


class Placeholders:
    """The names and values of an expression, each by a placeholder."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.values: dict[str, AttributeValue] = {}
        self._known: dict[str, str] = {}

    def path(self, path: Path) -> str:
        """A document path."""
        text = ""
        for part in path:
            text += f"[{part}]" if isinstance(part, int) else f".{self._name(part)}"
        return text[1:]

    def value(self, value: AttributeValue) -> str:
        """A value."""
        placeholder = f":v{len(self.values)}"
        self.values[placeholder] = value
        return placeholder

    def _name(self, name: str) -> str:
        placeholder = self._known.setdefault(name, f"#n{len(self._known)}")
        self.names[placeholder] = name
        return placeholder
