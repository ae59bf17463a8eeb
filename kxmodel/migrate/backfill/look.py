"""Reading one item, as often as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill.outcome import understand

if TYPE_CHECKING:
    from kxmodel.migrate.backfill.scan import Reader
    from kxmodel.migrate.backfill.spending import Spending
    from kxmodel.migrate.tasks.task import Item


@dataclass(frozen=True)
class Found:
    """What was stored under a key; None: nothing."""

    item: Item | None


def look(reader: Reader, spending: Spending, table: str, key: Item) -> Found | None:
    """The item as it is now, read consistently; None where the time ran out before it was had.

    Raises BackfillError KX625 for an error that concerns every request.
    """
    attempt = 0
    while not spending.out_of_time:
        try:
            item, rcu = reader.item(key)
        except (ClientError, BotoCoreError) as error:
            trouble = understand(error)
            if not trouble.retryable:
                raise BackfillError(f"{table}: {trouble.message}", code="KX625") from error
            spending.note(trouble, reading=True)
            spending.back_off(attempt)
            attempt += 1
            continue
        spending.read(1, rcu)
        return Found(item)
    return None
