"""Whether the keys of an example are those that the templates give."""

from __future__ import annotations

import base64
import binascii
from decimal import Decimal
from typing import TYPE_CHECKING

from kxmodel.errors import KxError, ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.keys import KeyPart, KeySet, evaluate, parse, render
from kxmodel.lint.place import below
from kxmodel.lint.rule import Fault, rule
from kxmodel.lint.uses import templates
from kxmodel.values import parse_timestamp, ulid_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.ir import Entity, Table


@rule("KX253", "error")
def wrong_example_key(table: Table) -> Iterator[Fault]:
    """A key attribute of an example is not what the example's values give."""
    for entity in table.entities:
        derived = {use.attribute for use in templates(table, entity) if not use.natural}
        for number, example in enumerate(entity.examples):
            place = below(entity.pointer, "examples", number)
            which = f"example {number + 1} of {entity.name}"
            try:
                expected = _expected(table, entity, example)
            except KxError as error:
                yield Fault(place, f"{which} has no key: {error.message}", error.fix or "")
                continue
            for name in sorted(derived):
                given, wanted = example.get(name), expected.get(name)
                if given is None and wanted is not None:
                    message = f"{which} lacks {shorten(name)}, which its values make"
                elif given is not None and wanted is None:
                    message = f"{which} has {shorten(name)}, which its values do not make"
                elif not _same(given, wanted):
                    message = f"{which} has {shorten(name)} = {shorten(given)}; its values make"
                else:
                    continue
                shown = "" if wanted is None else f" {shorten(wanted)}"
                fix = (
                    f"Write {shorten(wanted)}."
                    if wanted is not None
                    else f"Remove {shorten(name)}."
                )
                yield Fault(below(place, name), message + shown, fix)


@rule("KX254", "error")
def example_time_disagrees(table: Table) -> Iterator[Fault]:
    """The time inside an example's ULID is not the time that stands beside it."""
    for entity in table.entities:
        for attribute in entity.attributes:
            time = attribute.generate.time if attribute.generate else None
            if time is None:
                continue
            for number, example in enumerate(entity.examples):
                ulid, moment = example.get(attribute.name), example.get(time)
                if not isinstance(ulid, str) or not isinstance(moment, str):
                    continue
                try:
                    agrees = ulid_time(ulid) == parse_timestamp(moment)
                except ValueRefused:
                    continue  # told by the rule on invalid examples
                if not agrees:
                    yield Fault(
                        below(entity.pointer, "examples", number, attribute.name),
                        f"example {number + 1} of {entity.name}: the time inside "
                        f"{shorten(attribute.name)} is {ulid_time(ulid).isoformat()}, but "
                        f"{shorten(time)} is {moment}",
                    )


def _expected(table: Table, entity: Entity, example: Mapping[str, object]) -> dict[str, object]:
    """Attribute -> value, for every derived attribute that the example has a value for.

    Raises KxError where the primary key, or a key of an index, cannot be built.
    """
    values = _stored(table, entity, example)
    primary = tuple(
        KeyPart(key.name, entity.keys[key.name], "hash" if key == table.hash else "range", key.type)
        for key in table.keys
    )
    found: dict[str, object] = {}
    indexes = {index.name: index for index in table.indexes}
    for keys in entity.indexes:
        index = indexes[keys.index]
        parts = tuple(
            KeyPart(
                key.name,
                keys.keys[key.name],
                "hash" if key in index.hash else "range",
                key.type,
            )
            for key in index.attributes
        )
        found |= evaluate(KeySet(index.name, parts, keys.when), values) or {}
    for attribute in entity.attributes:
        if attribute.derive is not None:
            found[attribute.name] = render(parse(attribute.derive), values)
    found |= evaluate(KeySet(table.name, primary, sparse=False), values) or {}
    return found


def _stored(table: Table, entity: Entity, example: Mapping[str, object]) -> Mapping[str, object]:
    """The example with the bytes of natural binary keys in place of their base64 text."""
    values = dict(example)
    for use in templates(table, entity):
        value = values.get(use.attribute)
        if use.natural and use.type == "B" and isinstance(value, str):
            try:
                values[use.attribute] = base64.b64decode(value, validate=True)
            except (binascii.Error, ValueError):
                values.pop(use.attribute)
    return values


def _same(given: object, wanted: object) -> bool:
    if isinstance(wanted, int | Decimal) and isinstance(given, int | float | Decimal):
        return not isinstance(given, bool) and Decimal(str(given)) == wanted
    if isinstance(wanted, bytes):
        return given == base64.b64encode(wanted).decode("ascii")
    return given == wanted
