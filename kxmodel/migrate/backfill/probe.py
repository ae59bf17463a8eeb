"""Whether an endpoint answers conditional PartiQL updates correctly, found out by asking it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from kxmodel.migrate.backfill.outcome import understand, understand_statement
from kxmodel.migrate.backfill.statement import statement
from kxmodel.migrate.tasks.task import Verdict

if TYPE_CHECKING:
    from kxmodel.migrate.backfill.client import DynamoClient
    from kxmodel.migrate.backfill.statement import Form
    from kxmodel.migrate.backfill.table import TableFacts
    from kxmodel.migrate.tasks.task import Item
    from kxmodel.values import AttributeValue

_FORMS: Final[tuple[Form, ...]] = ("comma", "repeated")
#: Seconds until the second try while DynamoDB is busy or out of reach, and how many there are: three
#: seconds in all.
_FIRST: Final = 0.05
_ATTEMPTS: Final = 6


def probe(client: DynamoClient, table: str, key: Item) -> Form | None:
    """The form of SET that the endpoint takes, or None where it cannot be trusted with PartiQL.

    key: of an item that does not exist. Two updates of it under conditions that are false for a
    missing item must each fail on the condition; an endpoint that reports success, even once, would
    overwrite live writes. Nothing is written: should the endpoint create the item after all, it is
    not trusted either, and the caller's key is one that no item of an application has.
    """
    guards = (
        Verdict(
            "change", set={"kx_a": {"S": "x"}, "kx_b": {"S": "x"}}, guards={("kx_c",): {"S": "x"}}
        ),
        Verdict("change", set={"kx_a": {"S": "x"}, "kx_b": {"S": "x"}}, guards={("kx_c",): None}),
    )
    for form in _FORMS:
        kinds = {_ask(client, table, key, guard, form) for guard in guards}
        if kinds == {"condition"}:
            return form
        if kinds != {"refused"}:
            return None
    return None


def _ask(client: DynamoClient, table: str, key: Item, verdict: Verdict, form: Form) -> str:
    request = statement(table, key, verdict, form)
    if request is None:
        return "unsaid"
    for attempt in range(_ATTEMPTS):
        try:
            (answer,) = client.batch_execute_statement(Statements=[request])["Responses"]
        except (KeyError, ValueError):
            return "refused"
        except (ClientError, BotoCoreError) as error:
            if not understand(error).retryable:
                return "refused"
        else:
            if not answer.get("Error"):
                return "success"
            trouble = understand_statement(answer["Error"])
            if not trouble.retryable:
                return trouble.kind
        # A probe that was throttled or lost says nothing of what the endpoint understands.
        time.sleep(_FIRST * 2.0**attempt)
    return "refused"


def unheard_of(table: TableFacts) -> Item:
    """A key that no item has."""
    token = uuid4()
    values: dict[str, AttributeValue] = {
        "S": {"S": f"kxmodel probe {token}"},
        "N": {"N": f"-{token.int % 10**38}"},
        "B": {"B": b"kxmodel probe " + token.bytes},
    }
    return {name: values[kind] for name, kind in zip(table.keys, table.key_types, strict=True)}
