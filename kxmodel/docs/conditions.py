"""When an item is in an index, in words."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

from kxmodel.dialect.presence import always_there
from kxmodel.keys import Present

if TYPE_CHECKING:
    from kxmodel.ir import Entity, IndexKeys, Table
    from kxmodel.keys import OneOf


def sparse(table: Table, entity: Entity, filled: IndexKeys) -> tuple[str, ...]:
    """What an item needs to be in the index, a phrase each; none: every item of the entity is in it.

    E.g. ``it has lead_id``, ``status is "placed" or "paid"``.
    """
    tests = filled.when.tests if filled.when else ()
    present = [test.source for test in tests if isinstance(test, Present) and test.present]
    others = [test for test in tests if test.source not in present]
    sure = {test.source for test in others if not isinstance(test, Present)}
    needed = [
        part.source
        for template in filled.keys.values()
        for part in template.placeholders
        if part.default is None and not always_there(table, entity, part.source)
    ]
    had = [source for source in dict.fromkeys([*present, *needed]) if source not in sure]
    told = [*map(phrase, others), *([f"it has {listed(had)}"] if had else [])]
    return tuple(dict.fromkeys(told))


def phrase(test: Present | OneOf) -> str:
    """One test of a condition."""
    if isinstance(test, Present):
        return f"it has {'' if test.present else 'no '}{test.source}"
    return f"{test.source} is {listed([_value(each) for each in test.values], 'or')}"


def failed(test: Present | OneOf) -> str:
    """One test that an item does not pass."""
    if isinstance(test, Present):
        return f"it has {'no ' if test.present else ''}{test.source}"
    return f"its {test.source} is not {listed([_value(each) for each in test.values], 'or')}"


def listed(words: list[str], last: str = "and") -> str:
    """``a, b and c``."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _value(value: object) -> str:
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
