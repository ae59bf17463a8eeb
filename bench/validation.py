"""The row of validation alone: KxGen's messages, all valid, as most of a table's items are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema
import jsonschema_rs
from contenders import contender
from contenders.pydantic_fields import MessageFields
from harness import compare
from kxgen import SCHEMAS, messages, values
from rows import CONVERSATION, Row
from targets import BARE, OBJECT, OURS

from kxmodel.dialect import read_folder
from kxmodel.validate import Validator

if TYPE_CHECKING:
    from collections.abc import Callable


def row(url: str, rounds: int) -> Row:
    """Plain values by all; and by kxmodel an object too, whose values it takes out first."""
    tables = {table.name: table for table in read_folder(SCHEMAS, SCHEMAS.parent)}
    (entity,) = tables["messages"].entities
    items = list(messages(CONVERSATION))
    ours = Validator(entity.schema, entity.name)
    bare = jsonschema_rs.Draft202012Validator(entity.schema, validate_formats=True)
    library = jsonschema.Draft202012Validator(
        entity.schema, format_checker=jsonschema.FormatChecker()
    )
    subject = contender("kxmodel", url)
    objects: list[Any] = [subject.make(values(item)) for item in items]
    for message in objects:
        message.save()

    def each(things: list[Any], valid: Callable[[Any], bool]) -> Callable[[], int]:
        def run() -> int:
            assert all(valid(thing) for thing in things)
            return len(things)

        return run

    costs = compare(
        {
            OURS: each(items, lambda item: not ours.problems(item)),
            OBJECT: each(objects, lambda message: not message.kx.validate()),
            BARE: each(items, bare.is_valid),
            "pydantic": each(items, lambda item: bool(MessageFields.model_validate(item))),
            "jsonschema": each(items[: CONVERSATION // 10], library.is_valid),
        },
        rounds,
    )
    return Row("validate", "Validation alone", "CPU microseconds an item", costs)
