"""A migration of everything that changes items apart from index keys, and what it has to come to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.migrate.files import Folder

KEYS = {"contact_pk": "${tenantId}#${email_lc}", "ts": "${ts}"}


def shout(item: dict[str, Any]) -> dict[str, Any]:
    return {"text": item["text"].upper(), "length": len(item["text"])}


def _folder(*steps: list[op.Operation]) -> Folder:
    names = [f"{number:04d}_step" for number in range(1, len(steps) + 1)]
    made = {
        name: Migration(name, step, names[number - 1] if number else None)
        for number, (name, step) in enumerate(zip(names, steps, strict=True))
    }
    return Folder(Path("migrations"), made, {})


FOLDER = _folder(
    [
        op.CreateTable("messages", hash="contact_pk", range="ts"),
        op.AddEntity(
            "messages", "Message", keys=KEYS, schema="sha256:" + "0" * 64, version="version"
        ),
    ],
    [
        op.TransformAttribute("messages", "Message", shout, ["text"], ["text", "length"]),
        op.AddAttribute("messages", "Message", "seen", False),
        op.RenameAttribute("messages", "Message", "n", "number"),
        op.DeriveAttributes("messages", "Message", {"label": "${email_lc}/${tenantId}"}),
        op.Rekey("messages", "Message", KEYS, {"email_lc": "${email_lc|lower}"}),
    ],
)


def legacy(number: int) -> dict[str, Any]:
    """A message whose address has capitals, but for each third; each fifth is in capitals already."""
    email = f"{'user' if number % 3 == 0 else 'User'}{number % 9}@example.com"
    text = f"Message {number}"
    return {
        "contact_pk": {"S": f"t{number % 2}#{email}"},
        "ts": {"S": f"01HX{number:022d}"},
        "tenantId": {"S": f"t{number % 2}"},
        "email_lc": {"S": email},
        "text": {"S": text.upper() if number % 5 == 0 else text},
        "n": {"N": str(number)},
        "raw": {"B": b"\x00\xff"},
        "version": {"N": "4"},
    }


def final(item: dict[str, Any]) -> dict[str, Any]:
    """What it has to be in the end, by none of the package's code; its version counts each change once."""
    email, text = item["email_lc"]["S"], item["text"]["S"]
    low = email.lower()
    left = {name: value for name, value in item.items() if name != "n"}
    # The length is new on every message; the address on some.
    return left | {
        "contact_pk": {"S": f"{item['tenantId']['S']}#{low}"},
        "email_lc": {"S": low},
        "text": {"S": text.upper()},
        "length": {"N": str(len(text))},
        "seen": {"BOOL": False},
        "number": item["n"],
        "label": {"S": f"{low}/{item['tenantId']['S']}"},
        "version": {"N": str(5 + (low != email))},
    }
