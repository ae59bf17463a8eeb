"""One item: values made, times brought into order, keys rendered, the whole validated."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final

from kxmodel.errors import KeyBuildError, ValueRefused
from kxmodel.keys import derive, evaluate
from kxmodel.samples.held import flat
from kxmodel.samples.kind import Kind, NoSample
from kxmodel.samples.texts import moment, ulid
from kxmodel.samples.values import Maker
from kxmodel.validate import compile_schema
from kxmodel.values import format_timestamp, parse_timestamp, to_json

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

#: Attempts at one item; in the second half only what is required is made.
ATTEMPTS: Final = 40


def make_item(
    kind: Kind,
    chance: Random,
    given: Mapping[str, object] | None = None,
    absent: Collection[str] = (),
) -> dict[str, object]:
    """A valid item in plain JSON with stored names, keys included.

    given: attributes that are settled, e.g. those that name another item. absent: those left out
    (optional ones). The same chance gives the same item. Raises NoSample KX705 where no attempt was valid.
    """
    validator = compile_schema(kind.schema, kind.name)
    reason = ""
    for attempt in range(ATTEMPTS):
        optional = 0.8 if attempt < ATTEMPTS // 2 else 0.0
        item = _values(kind, chance, dict(given or {}), absent, optional)
        try:
            whole = _with_keys(kind, item)
        except (KeyBuildError, ValueRefused) as error:
            reason = error.message
            continue
        problems = validator.problems(whole)
        if not problems:
            return whole
        reason = f"{'.'.join(map(str, problems[0].path))}: {problems[0].message}"
    raise NoSample(f"no valid {kind.name} was found in {ATTEMPTS} attempts: {reason}")


def _values(
    kind: Kind,
    chance: Random,
    given: dict[str, object],
    absent: Collection[str],
    optional: float,
) -> dict[str, object]:
    maker = Maker(kind.name, kind.schema, chance, kind.words, optional)
    held = flat(kind.schema, kind.schema, chance)
    declared = held.get("properties")
    properties = declared if isinstance(declared, Mapping) else {}
    settled = {*kind.derived, *given, *absent}
    own = {name: schema for name, schema in properties.items() if name not in settled}
    wanted = held.get("required")
    required = [n for n in wanted if n in own] if isinstance(wanted, list | tuple) else []
    made = maker.members({**held, "properties": own, "required": required}, ())
    # In the order of the schema, wherever a value came from.
    every = {**made, **given}
    item = {name: every.pop(name) for name in properties if name in every} | every
    _in_order(kind, chance, item, given)
    return item


def _in_order(
    kind: Kind, chance: Random, item: dict[str, object], given: Mapping[str, object]
) -> None:
    """Created before updated, and the time inside a ULID the one beside it."""
    created = moment(chance)
    for name in kind.created:
        if name in given:
            created = _time(given[name], created)
    for names, at in ((kind.created, created), (kind.updated, moment(chance, created))):
        for name in names:
            if name in item and name not in given:
                item[name] = format_timestamp(at)
    for name, time in kind.times.items():
        if name in item and name not in given:
            item[name] = ulid(chance, _time(item.get(time), created))


def _time(value: object, otherwise: datetime) -> datetime:
    try:
        return parse_timestamp(value) if isinstance(value, str) else otherwise
    except ValueRefused:
        return otherwise


def _with_keys(kind: Kind, item: Mapping[str, object]) -> dict[str, object]:
    """The item with its keys. Raises KeyBuildError."""
    keys = evaluate(kind.rules.primary, item) or {}
    derived = derive(kind.rules, kind.rules.derived, item)
    for _, error in derived.errors:
        raise error
    primary = {name: _plain(value) for name, value in keys.items() if name in kind.derived}
    others = {name: to_json(value) for name, value in derived.present.items()}
    return {**primary, **item, **others}


def _plain(value: object) -> object:
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
