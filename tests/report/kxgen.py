"""KxGen's tables and items to break."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kxmodel.dialect import read_folder, read_table
from kxmodel.report import Item, Judge
from kxmodel.values import item_from_json

if TYPE_CHECKING:
    from kxmodel.ir import Table

ROOT = Path(__file__).parents[2]
MARKET = ROOT / "tests/dialect/fixtures/market.json"


@cache
def tables() -> tuple[Table, ...]:
    return tuple(read_folder(ROOT / "schemas", ROOT))


@cache
def table(name: str) -> Table:
    return {t.name: t for t in tables()}[name]


@cache
def market() -> Table:
    return read_table(MARKET, MARKET.parent)


@cache
def judge(name: str) -> Judge:
    return Judge(table(name))


def example(name: str, number: int = 0) -> dict[str, Any]:
    """An item that the schema shows, as plain JSON."""
    return copy.deepcopy(dict(table(name).entities[0].examples[number]))


def printed() -> dict[str, Any]:
    """KxGen's message as its own description prints it: the last letter of `ts` is in no ULID."""
    item = example("messages")
    return item | dict.fromkeys(("ts", "GSI1SK", "GSI2SK"), "01HKQR5J9X8M2N3P4Q5R6S7T8U")


def stored(item: dict[str, Any]) -> Item:
    """The item as DynamoDB hands it over."""
    return Item(item, item_from_json(item))


def found(name: str, item: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Path, rule and code of everything wrong with an item, the same whether plain or stored."""
    told = [
        [(f.path, f.rule, f.code) for f in judge(name).judge(each, "here").findings]
        for each in (Item(item), stored(item))
    ]
    assert told[0] == told[1]
    return told[0]
