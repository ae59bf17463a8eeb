"""Messages under the address as it was given, and the task that moves them to its lower case."""

from __future__ import annotations

from typing import Any

from kxmodel.migrate.tasks import (
    EntityKeys,
    IndexKeys,
    KeysTask,
    KeyTypes,
    RekeyItems,
    SourceTemplates,
)

PRIMARY = {"contact_pk": "${tenantId}#${email_lc}", "ts": "${ts}"}
TYPES = KeyTypes(ranges=frozenset({"ts"}))
LOWER = RekeyItems(
    "messages",
    "Message",
    PRIMARY,
    key_types=TYPES,
    source=SourceTemplates("messages", {"email_lc": "${email_lc|lower}"}),
    keys=KeysTask(
        "messages",
        (
            EntityKeys(
                "Message", PRIMARY, (IndexKeys("GSI1", {"GSI1PK": "${email_lc}"}),), ("GSI1",)
            ),
        ),
        TYPES,
    ),
    declared=("note", "tags", "email_lc"),
)


def mixed(number: int, address: str | None = None, **more: Any) -> dict[str, Any]:
    """A message whose address has capitals, unless its number is a multiple of three."""
    name = "user" if number % 3 == 0 else ("User", "USER")[number % 2]
    email = address or f"{name}{number % 20}@example.com"
    return {
        "contact_pk": {"S": f"t{number % 3}#{email}"},
        "ts": {"S": f"01HX{number:022d}"},
        "tenantId": {"S": f"t{number % 3}"},
        "email_lc": {"S": email},
        "GSI1PK": {"S": email},
        "n": {"N": "0"},
        "tags": {"SS": ["b", "a", f"tag {number}"]},
        "raw": {"B": b"\x00\xff"},
        "meta": {"M": {"size": {"N": "1.5"}, "none": {"NULL": True}, "list": {"L": [{"S": ""}]}}},
        **more,
    }


def lowered(item: dict[str, Any]) -> dict[str, Any]:
    """What a message has to become, by none of the package's code."""
    email = item["email_lc"]["S"].lower()
    key = f"{item['tenantId']['S']}#{email}"
    return {**item, "contact_pk": {"S": key}, "email_lc": {"S": email}, "GSI1PK": {"S": email}}


def by_key(items: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Items as `Bench.items` gives them; sets in order."""
    return {(i["contact_pk"]["S"], i["ts"]["S"]): in_order(i) for i in items}


def in_order(item: dict[str, Any]) -> dict[str, Any]:
    """The item with its sets in order, which DynamoDB does not keep."""
    return {n: {"SS": sorted(v["SS"])} if "SS" in v else v for n, v in item.items()}
