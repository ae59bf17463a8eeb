"""What the log of a fault simulator says the migrations did."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kxmodel.migrate.backfill.unit import Unit
from kxmodel.testing.faults import Entry

Wire = Mapping[str, Any]
#: The values of an item's key attributes, as text.
Key = tuple[str, ...]

_UPDATE = re.compile(r'UPDATE "(?P<table>[^"]+)" (?P<actions>.*) WHERE (?P<conditions>.*)')
_SET = re.compile(r'"([^"]+)"=\?')
_REMOVE = re.compile(r'REMOVE "([^"]+)"')
_GUARD = re.compile(r'"([^"]+)"(?:=\?| IS MISSING)')


@dataclass(frozen=True)
class Write:
    """One change of one item. changed, guarded: top-level attributes. acknowledged: its success was told."""

    key: Key
    changed: frozenset[str]
    guarded: frozenset[str]
    acknowledged: bool


@dataclass(frozen=True)
class Checkpoint:
    """Units written down. token: with which."""

    run: str
    token: int
    units: tuple[Unit, ...]


def key_of(item: Wire, keys: Sequence[str]) -> Key:
    """The key of an item as text."""
    return tuple(next(iter(item[name].values())) for name in keys)


def live(parameters: Mapping[str, Any]) -> bool:
    """Whether a request is about items, and does not only ask what the endpoint understands."""
    return "kxmodel probe" not in str(parameters)


def writes(entry: Entry, table: str, keys: Sequence[str]) -> list[Write]:
    """The changes of items that a request asks for. Fails for a request that no migration sends."""
    if not live(entry.parameters):
        return []
    if entry.operation == "batch_execute_statement":
        rows = (entry.answer or {}).get("Responses", ())
        acknowledged = [not row.get("Error") for row in rows]
        acknowledged += [False] * (len(entry.parameters["Statements"]) - len(acknowledged))
        said = zip(entry.parameters["Statements"], acknowledged, strict=True)
        found = [_statement(statement, table, keys, done) for statement, done in said]
        return [write for write in found if write is not None]
    if entry.parameters.get("TableName") != table:
        return []
    assert entry.operation not in ("put_item", "delete_item", "batch_write_item"), entry
    return [_update(entry, keys)] if entry.operation == "update_item" else []


def reads(entry: Entry, table: str) -> Iterator[tuple[str | None, Wire]]:
    """Segment and item, for each item that the engine was given; None for a single one."""
    if entry.parameters.get("TableName") != table or entry.answer is None:
        return
    if entry.operation == "get_item" and entry.answer.get("Item"):
        yield None, entry.answer["Item"]
    elif entry.operation == "scan":
        for item in entry.answer["Items"]:
            yield segment_of(entry, table), item


def segment_of(entry: Entry, table: str) -> str | None:
    """The unit for which a page of the table was read."""
    scans = entry.operation == "scan" and entry.parameters.get("TableName") == table
    if not scans or entry.answer is None:
        return None
    return f"segment-{entry.parameters.get('Segment', 0):05d}"


def missed(entry: Entry, table: str, keys: Sequence[str]) -> Key | None:
    """The key of an item that the engine asked for and that is gone."""
    single = entry.operation == "get_item" and entry.parameters.get("TableName") == table
    if single and entry.answer is not None and not entry.answer.get("Item"):
        return key_of(entry.parameters["Key"], keys)
    return None


def opened(entry: Entry, ledger: str) -> tuple[str, int] | None:
    """Run and token, where a run of the ledger was taken over."""
    if not entry.done or entry.operation != "update_item":
        return None
    if entry.parameters["TableName"] != ledger:
        return None
    token = entry.answers[-1]["Attributes"]["token"]["N"]
    return entry.parameters["Key"]["run"]["S"], int(token)


def checkpoint(entry: Entry, ledger: str) -> Checkpoint | None:
    """What a transaction wrote down in the ledger, told or not."""
    if not entry.done or entry.operation != "transact_write_items":
        return None
    first, *rest = entry.parameters["TransactItems"]
    check = first.get("ConditionCheck", {})
    if check.get("TableName") != ledger:
        return None
    units = tuple(Unit.from_json(json.loads(each["Put"]["Item"]["body"]["S"])) for each in rest)
    token = check["ExpressionAttributeValues"][":token"]["N"]
    return Checkpoint(check["Key"]["run"]["S"], int(token), units)


def units_written(entry: Entry, ledger: str) -> tuple[str, tuple[Unit, ...]] | None:
    """Run and units, where they were written down or, after a crash, found to be."""
    found = checkpoint(entry, ledger)
    if found is not None:
        return found.run, found.units
    asked = entry.operation == "query" and entry.parameters.get("TableName") == ledger
    if not asked or entry.answer is None:
        return None
    rows = [row for row in entry.answer["Items"] if "body" in row]
    units = tuple(Unit.from_json(json.loads(row["body"]["S"])) for row in rows)
    return entry.parameters["ExpressionAttributeValues"][":run"]["S"], units


def recorded(entry: Entry, history: str) -> Wire | None:
    """The row of a revision that a transaction wrote, told or not."""
    if not entry.done or entry.operation != "transact_write_items":
        return None
    items = entry.parameters["TransactItems"]
    if items[0].get("ConditionCheck", {}).get("TableName") != history:
        return None
    row: Wire = items[1]["Put"]["Item"]
    return row


def _statement(
    statement: Wire, table: str, keys: Sequence[str], acknowledged: bool
) -> Write | None:
    parsed = _UPDATE.fullmatch(statement["Statement"])
    assert parsed is not None, statement
    if parsed["table"] != table:
        return None
    sets = _SET.findall(parsed["actions"])
    guarded = _GUARD.findall(parsed["conditions"])
    valued = [name for name in guarded if f'"{name}"=?' in parsed["conditions"]]
    values = dict(zip(valued, statement["Parameters"][len(sets) :], strict=True))
    changed = frozenset((*sets, *_REMOVE.findall(parsed["actions"])))
    return Write(key_of(values, keys), changed, frozenset(guarded), acknowledged)


def _update(entry: Entry, keys: Sequence[str]) -> Write:
    names: Mapping[str, str] = entry.parameters["ExpressionAttributeNames"]

    def named(expression: str) -> frozenset[str]:
        roots = re.findall(r"(?<![.\w])(#\w+)", expression)
        return frozenset(names[root] for root in roots)

    condition = entry.parameters["ConditionExpression"]
    assert f"attribute_exists({next(p for p in names if names[p] == keys[0])})" in condition
    return Write(
        key_of(entry.parameters["Key"], keys),
        named(entry.parameters["UpdateExpression"]),
        named(condition) | set(keys),
        entry.answer is not None,
    )
