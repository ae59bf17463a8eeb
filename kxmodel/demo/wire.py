"""Seeing the requests that the models send."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.runtime import connection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True)
class Request:
    """One request to DynamoDB: the operation, e.g. ``Query``, and its parameters as sent."""

    operation: str
    parameters: Mapping[str, object]


@contextlib.contextmanager
def requests() -> Iterator[list[Request]]:
    """For the block, the list of requests that the bound client sends, as it grows.

    By botocore's events (https://boto3.amazonaws.com/v1/documentation/api/latest/guide/events.html).
    """
    seen: list[Request] = []
    events = connection().client.meta.events

    def note(params: dict[str, object], event_name: str, **_: object) -> None:
        seen.append(Request(event_name.rpartition(".")[2], dict(params)))

    events.register("provide-client-params.dynamodb", note)
    try:
        yield seen
    finally:
        events.unregister("provide-client-params.dynamodb", note)
