"""The body of a request for an operation with items: botocore's, by a quicker way.

What DynamoDB's JSON has in another form than the request's parameters, binary values above all, is
told by its type or by its name, and left to the client's serialiser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

#: Objects that `json` does not write either; what orjson would make of them is not botocore's.
_OPTIONS: Final = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


def encode(parameters: Mapping[str, Any], members: Set[str]) -> bytes | None:
    """The body, UTF-8; None for what takes the serialiser's judgement.

    members: the names that the operation's input has.
    """
    if not parameters.keys() <= members:
        return None
    try:
        body = orjson.dumps(parameters, _as_list, _OPTIONS)
    except TypeError:
        return None
    # A text in the place of a binary value would be sent as it is, and None in the place of a map.
    if b'"B":' in body or b'"BS":' in body or b":null" in body or b"[null" in body:
        return None
    return body


def _as_list(value: object) -> list[Any]:
    if isinstance(value, set | frozenset | tuple):
        return [*value]
    raise TypeError
