"""KxGen's own example messages, as many as are wanted: one conversation, each with a time of its own.

What only makes items is imported where it is used: a fresh process pays for its contender alone.
"""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = "messages"
TENANT, EMAIL = "tenant123", "john.doe@example.com"
CONTACT = f"{TENANT}#{EMAIL}"
KEY = ("contact_pk", "ts")

SCHEMAS = Path(__file__).parents[1] / "schemas"

_BEGIN = datetime(2024, 1, 15, 10, 30, tzinfo=UTC)
_STEP = timedelta(milliseconds=1250)
_RANDOM = bytes.fromhex("8a158e2564cc3b1a7d1b")


def instant(text: str) -> datetime:
    """The time in a stored timestamp."""
    return datetime.fromisoformat(text)


def stamp(at: datetime) -> str:
    """A time as it is stored: UTC, milliseconds, Z."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def messages(count: int) -> Iterator[dict[str, Any]]:
    """The items as plain JSON, oldest first, in turn made from each example of the schema."""
    from ulid import ULID

    examples = json.loads((SCHEMAS / "messages.json").read_text("utf-8"))["examples"]
    for number in range(count):
        item = deepcopy(examples[number % len(examples)])
        at = _BEGIN + number * _STEP
        ts = str(ULID(int(at.timestamp() * 1000).to_bytes(6, "big") + _RANDOM))
        item |= {"ts": ts, "GSI1SK": ts, "GSI2SK": ts}
        item |= {"created_at": stamp(at), "updated_at": stamp(at)}
        yield item


def wire(item: dict[str, Any]) -> dict[str, Any]:
    """An item in DynamoDB's JSON, by boto3."""
    from decimal import Decimal

    from boto3.dynamodb.types import TypeSerializer

    exact = json.loads(json.dumps(item), parse_float=Decimal)
    stored: dict[str, Any] = TypeSerializer().serialize(exact)["M"]
    return stored


def values(item: dict[str, Any]) -> dict[str, Any]:
    """What a program has at hand before a message exists: no key, times as times, maps as maps."""
    keys = {name for name in item if name == "contact_pk" or name.startswith("GSI")}
    plain = {name: deepcopy(value) for name, value in item.items() if name not in keys}
    del plain["updated_at"]
    return plain | {"created_at": instant(item["created_at"])}
