"""A table in memory that answers Query as DynamoDB does, and holds the caller to its rules.

The rules are those of the API reference of Query
(https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html) and of "Quotas":
operators of key conditions, BETWEEN's order, key sizes, no key attribute in a filter, an
ExclusiveStartKey of exactly the key attributes inside the range that is read.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

_CONDITION = re.compile(
    r"begins_with\((?P<prefixed>#\w+), (?P<prefix>:\w+)\)"
    r"|(?P<between>#\w+) BETWEEN (?P<low>:\w+) AND (?P<high>:\w+)"
    r"|(?P<name>#\w+) (?P<operator>=|<=|>=|<|>) (?P<value>:\w+)"
)


def plain(value: Mapping[str, Any]) -> Any:
    """A scalar as something that compares as DynamoDB compares: text by its bytes."""
    ((kind, content),) = value.items()
    if kind == "S":
        return content.encode()
    return Decimal(content) if kind == "N" else content


@dataclass
class Keys:
    """hash and range: attribute names with types. local: whether all projections are whole."""

    hash: tuple[tuple[str, str], ...]
    range: tuple[tuple[str, str], ...] = ()
    projection: str = "ALL"

    @property
    def names(self) -> list[str]:
        return [name for name, _ in (*self.hash, *self.range)]


@dataclass
class FakeTable:
    """A `Reader`. entity_of: how an item is recognised; normalised: path -> function."""

    keys: Keys
    indexes: dict[str, Keys] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    entity_of: Callable[[Mapping[str, Any]], str | None] = lambda item: "Thing"
    normalised: dict[str, Callable[[Any], Any]] = field(default_factory=dict)
    random: Random | None = None
    table: str = "things"
    requests: list[dict[str, Any]] = field(default_factory=list)

    def key_schema(self, index):
        keys = self.keys if index is None else self.indexes[index]
        return keys.hash, keys.range

    def projection(self, index):
        return "ALL" if index is None else self.indexes[index].projection

    def normalise(self, path, value):
        return self.normalised.get(path, lambda same: same)(value)

    def entity_name(self, item):
        return self.entity_of(item)

    def load(self, item, partial, text):
        return (item, partial) if partial else item

    def query(self, request):
        answer = self._answer(request)
        return answer, [(item, None) for item in answer.pop("Items")]

    def _answer(self, request):
        self.requests.append(request)
        keys = self.keys if request.get("IndexName") is None else self.indexes[request["IndexName"]]
        conditions = self._conditions(request, keys)
        rows = [item for item in self.items if all(name in item for name in keys.names)]
        rows = [item for item in rows if all(test(item) for test in conditions)]
        rows.sort(key=lambda item: self._order(item, keys), reverse=not request["ScanIndexForward"])
        rows = self._after_start(request, keys, conditions, rows)
        size = request["Limit"]
        assert isinstance(size, int)
        assert size >= 1
        if self.random is not None and self.random.random() < 0.5:
            size = self.random.randint(0, size)
        read, rest = rows[:size], rows[size:]
        wanted = self._filter(request, keys)
        answer: dict[str, Any] = {
            "Items": [item for item in read if wanted(item)],
            "ScannedCount": len(read),
            "ConsumedCapacity": {"CapacityUnits": 0.5},
        }
        # Where the limit is reached, DynamoDB does not look whether there is more.
        if (rest or len(read) == size) and (read or "ExclusiveStartKey" in request):
            last = read[-1] if read else request["ExclusiveStartKey"]
            names = dict.fromkeys((*self.keys.names, *keys.names))
            answer["LastEvaluatedKey"] = {name: last[name] for name in names}
        elif rest:
            return self._answer(request)
        return answer

    def _order(self, item, keys):
        return [plain(item[n]) for n, _ in keys.range] + [plain(item[n]) for n in self.keys.names]

    def _conditions(self, request, keys):
        names, values = request["ExpressionAttributeNames"], request["ExpressionAttributeValues"]
        used: set[str] = set()
        tests, operators = [], {}
        text = request["KeyConditionExpression"]
        at = 0
        while at < len(text):
            match = _CONDITION.match(text, at)
            assert match, text[at:]
            mark = match["prefixed"] or match["between"] or match["name"]
            name = names[mark]
            marks = [m for m in (match["prefix"], match["low"], match["high"], match["value"]) if m]
            operands = [plain(values[m]) for m in marks]
            used |= {mark, *marks}
            operators[name] = match["operator"] or ("between" if match["between"] else "begins")
            limit = 2048 if name in dict(keys.hash) else 1024
            kind = dict((*keys.hash, *keys.range))[name]
            for m, operand in zip(marks, operands, strict=True):
                assert set(values[m]) == {kind}
                assert kind == "N" or 0 < len(operand) <= limit
            if match["between"]:
                assert operands[0] <= operands[1], "BETWEEN needs its bounds in order"
            tests.append(_test(name, operators[name], operands))
            at = match.end()
            if at < len(text):
                assert text.startswith(" AND ", at)
                at += 5
        assert all(operators.get(name) == "=" for name, _ in keys.hash)
        on_range = [operators.get(name) for name, _ in keys.range]
        for before, after in itertools.pairwise(on_range):
            assert after is None or before == "="
        marks_in_filter = re.findall(r"[#:]\w+", request.get("FilterExpression", ""))
        assert used | set(marks_in_filter) == set(names) | set(values), "unused names or values"
        return tests

    def _after_start(self, request, keys, conditions, rows):
        start = request.get("ExclusiveStartKey")
        if start is None:
            return rows
        assert set(start) == {*self.keys.names, *keys.names}
        assert all(test(start) for test in conditions), "start key outside of the query's range"
        order = self._order(start, keys)
        if request["ScanIndexForward"]:
            return [item for item in rows if self._order(item, keys) > order]
        return [item for item in rows if self._order(item, keys) < order]

    def _filter(self, request, keys):
        text = request.get("FilterExpression")
        if text is None:
            return lambda item: True
        names, values = request["ExpressionAttributeNames"], request["ExpressionAttributeValues"]
        tests = []
        for condition in text.split(" AND "):
            path, mark = condition.split(" = ")
            segments = [names[segment] for segment in path.split(".")]
            assert len(segments) > 1 or segments[0] not in keys.names, "a key in a filter"
            tests.append((segments, values[mark]))

        def wanted(item):
            for segments, value in tests:
                found = item.get(segments[0])
                for segment in segments[1:]:
                    found = (found or {}).get("M", {}).get(segment)
                if found is None or set(found) != set(value) or plain(found) != plain(value):
                    return False
            return True

        return wanted


def _test(name, operator, operands):
    first = operands[0]
    tests = {
        "=": lambda value: value == first,
        "<": lambda value: value < first,
        "<=": lambda value: value <= first,
        ">": lambda value: value > first,
        ">=": lambda value: value >= first,
        "begins": lambda value: value.startswith(first),
        "between": lambda value: first <= value <= operands[-1],
    }
    return lambda item: tests[operator](plain(item[name]))
