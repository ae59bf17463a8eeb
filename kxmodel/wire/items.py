"""The items of a page, each parsed when it is asked for, with the text that it was parsed from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from botocore.parsers import ResponseParserError

from kxmodel.wire.parser import decode_item, has_binary, has_null

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

_scan: Final = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # no part of the stubs
_SPACE: Final = re.compile(r"[ \t\n\r]*")
#: The longest tail that is looked at: a last key has at most 3 KB, four times that if all is escaped, and more.
_TAIL: Final = 65_536


class ItemByItem(dict[str, Any]):
    """The parameters of a Query, Scan or ExecuteStatement whose items are wanted one by one.

    A client with the short way then answers with `Items`, which is `StreamedItems`, where it can.
    """


class StreamedItems(Iterable[tuple[dict[str, Any], str | None]]):
    """Pairs of an item in DynamoDB's JSON and the text it was parsed from.

    Binary values are bytes in the item, and base64 in its text: where the answer may hold any, the
    text is None, so that it never says something else than the item.
    It can be iterated over several times, which parses anew.
    Raises botocore's ResponseParserError in iterating where the text is no list of items.
    """

    __slots__ = ("_begin", "_binary", "_end", "_text")

    def __init__(self, text: str, begin: int, end: int, binary: bool) -> None:
        self._text = text
        self._begin = begin
        self._end = end
        self._binary = binary

    def __iter__(self) -> Iterator[tuple[dict[str, Any], str | None]]:
        text, at, end, binary = self._text, self._begin, self._end, self._binary
        if at == end:
            return
        while True:
            try:
                item, stop = _scan(text, at)
            except (StopIteration, ValueError) as error:
                raise ResponseParserError(f"no item at character {at} of the answer") from error
            if type(item) is not dict:
                raise ResponseParserError(f"no item at character {at} of the answer")
            if binary:
                try:
                    decode_item(item)
                except (AttributeError, TypeError, ValueError) as error:
                    raise ResponseParserError(f"no item at character {at} of the answer") from error
            yield item, None if binary else text[at:stop]
            at = _after_space(text, stop)
            if at == end:
                return
            if text[at : at + 1] != ",":
                raise ResponseParserError(f"no comma at character {at} of the answer")
            at = _after_space(text, at + 1)


class WholeItems(Iterable[tuple[dict[str, Any], str | None]]):
    """The same for items that were parsed already, whose text is None."""

    __slots__ = ("_items",)

    def __init__(self, items: list[dict[str, Any]]) -> None:
        self._items = items

    def __iter__(self) -> Iterator[tuple[dict[str, Any], str | None]]:
        for item in self._items:
            yield item, None


def stream(body: bytes, members: Set[str]) -> dict[str, Any] | None:
    """A page with its items as `StreamedItems`, and its other members parsed; None: parse it as a whole.

    body: as DynamoDB sent it. members: the names that the answer may have.
    """
    if has_null(body):
        return None
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    try:
        return _page(text, members, has_binary(body))
    except (StopIteration, ValueError, IndexError, AttributeError, TypeError):
        return None


def _page(text: str, members: Set[str], binary: bool) -> dict[str, Any] | None:
    """Raises StopIteration, IndexError or ValueError for what is no JSON, others for what is no item."""
    page: dict[str, Any] = {}
    at = _after_space(text, 0)
    if text[at] != "{":
        return None
    at = _after_space(text, at + 1)
    while True:
        name, at = _name(text, at)
        if name == "Items":
            break
        page[name], at = _scan(text, at)
        at = _after_space(text, at)
        if text[at] != ",":
            return None
        at = _after_space(text, at + 1)
    if text[at] != "[":
        return None
    begin = _after_space(text, at + 1)
    end = len(text)
    first = max(begin, end - _TAIL)
    while (end := text.rfind("]", first, end)) >= 0:
        rest = _tail(text, end + 1)
        if rest is not None:
            break
    else:
        return None
    if text[begin] == "]" and end != begin:
        return None
    if not rest.keys() | page.keys() <= members or rest.keys() & {"Items", *page}:
        return None
    for other in (page, rest):
        for value in other.values():
            if type(value) is list:
                return None
    page["Items"] = StreamedItems(text, begin, end, binary)
    page.update(rest)
    if binary and "LastEvaluatedKey" in page:
        decode_item(page["LastEvaluatedKey"])
    return page


def _tail(text: str, at: int) -> dict[str, Any] | None:
    """The members after the items, if the items end at `at`.

    A bracket inside a text cannot be taken for that end: from there to the end of the answer the quotes
    do not pair. Nor can one inside an item: more than the answer's own brace follows it.
    """
    found: dict[str, Any] = {}
    try:
        at = _after_space(text, at)
        while text[at] == ",":
            name, at = _name(text, _after_space(text, at + 1))
            if name in found:
                return None
            found[name], at = _scan(text, at)
            at = _after_space(text, at)
        if text[at] != "}" or _after_space(text, at + 1) != len(text):
            return None
    except (StopIteration, ValueError, IndexError):
        return None
    return found


def _name(text: str, at: int) -> tuple[str, int]:
    """A member's name, and where its value begins. Raises ValueError where there is none."""
    name, at = _scan(text, at)
    at = _after_space(text, at)
    if type(name) is not str or text[at] != ":":
        raise ValueError
    return name, _after_space(text, at + 1)


def _after_space(text: str, at: int) -> int:
    if text[at : at + 1] in _BLANK:
        return _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches everywhere
    return at


_BLANK: Final = frozenset(" \t\n\r")
