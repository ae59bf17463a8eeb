"""That contenders do the same work: what they read and what they write is compared before any timing."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kxgen import instant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from contenders import Contender

#: Attributes that hold a time, wherever they stand.
_TIMES = frozenset({"created_at", "updated_at", "processedAt"})
_MADE = "updated_at"


def as_json(value: Any) -> Any:
    """An object that was read, as names and values; its maps may be objects or dictionaries."""
    if isinstance(value, str | int | float | datetime):
        return value
    if isinstance(value, dict):
        members = value
    elif hasattr(value, "attribute_values"):
        names = {name: attr.attr_name for name, attr in type(value).get_attributes().items()}
        members = {names[name]: each for name, each in value.attribute_values.items()}
    elif is_dataclass(value):
        members = {field.name: getattr(value, field.name) for field in fields(value)}
    else:
        members = {name: each for name, each in vars(value).items() if not name.startswith("_")}
    return {name: as_json(each) for name, each in members.items() if each is not None}


def expected(item: Mapping[str, Any]) -> dict[str, Any]:
    """The same of a plain item: its times are times."""
    return {
        name: expected(value)
        if isinstance(value, dict)
        else instant(value)
        if name in _TIMES
        else value
        for name, value in item.items()
    }


def differences(found: Any, wanted: Any, path: str = "") -> list[str]:
    """Where values or types differ. A whole number may be an int or a float."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        told = [f"{path}.{name}: missing or unasked" for name in found.keys() ^ wanted.keys()]
        for name in found.keys() & wanted.keys():
            told += differences(found[name], wanted[name], f"{path}.{name}")
        return told
    kinds = {type(found), type(wanted)}
    alike = len(kinds) == 1 or kinds == {int, float}
    return [] if alike and found == wanted else [f"{path}: {found!r} instead of {wanted!r}"]


def check(
    name: str,
    subject: Contender,
    newest: list[dict[str, Any]],
    values: Mapping[str, Any],
    last: Callable[[str], bytes],
) -> None:
    """Stop the run where a contender reads or writes anything else than the others.

    newest: the items that a query finds. values: what a program holds of the first of them.
    last: the last request of an operation, as the server got it.
    """
    told: list[str] = []
    if not _is_floor(subject):
        for found, item in zip(subject.query(len(newest)), newest, strict=True):
            told += differences(as_json(found), expected(item), "query")
        told += differences(as_json(subject.get(newest[0]["ts"])), expected(newest[0]), "get")
    subject.save(dict(values))
    told += _written(json.loads(last("PutItem"))["Item"], newest[0])
    subject.batch_write([dict(values)])
    (puts,) = json.loads(last("BatchWriteItem"))["RequestItems"].values()
    told += _written(puts[0]["PutRequest"]["Item"], newest[0])
    if subject.has("move"):
        (message,) = subject.query(1)
        subject.move(message, "lead_moved_0")
        told += _moved(json.loads(last("UpdateItem")), newest[0]["ts"])
    if told:
        raise SystemExit(f"{name} does not do the same work:\n  " + "\n  ".join(told[:20]))


def _is_floor(subject: Contender) -> bool:
    return type(subject).__module__.endswith(".floor")


def _written(stored: dict[str, Any], item: Mapping[str, Any]) -> list[str]:
    """The update time is when it was written."""
    found = {name: _plain(value) for name, value in stored.items()}
    written = instant(found.pop(_MADE))
    wanted = {name: value for name, value in item.items() if name != _MADE}
    told = differences(found, wanted, "put")
    age = (datetime.now(UTC) - written).total_seconds()
    return told + (
        [f"put.{_MADE}: {written}"] if age > 60 and written != instant(item[_MADE]) else []
    )


def _moved(request: dict[str, Any], ts: str) -> list[str]:
    """An update names lead and index key, keeps the item's existence as condition, and sets 4 values."""
    given = request["ExpressionAttributeValues"].values()
    texts = {next(iter(value.values())) for value in given}
    names = {*request.get("ExpressionAttributeNames", {}).values()}
    said = request["UpdateExpression"] + " ".join(names)
    missing = [n for n in ("lead_id", "GSI2PK", "GSI2SK", "updated_at") if n not in said]
    told = [f"update.{name}: not set" for name in missing]
    if not {"lead_moved_0", ts} <= texts or "exists" not in request["ConditionExpression"]:
        told.append(f"update: {request}")
    return told


def _plain(value: dict[str, Any]) -> Any:
    ((kind, content),) = value.items()
    if kind == "M":
        return {name: _plain(each) for name, each in content.items()}
    if kind == "N":
        number = Decimal(content)
        return int(number) if number == number.to_integral_value() else float(number)
    return content
