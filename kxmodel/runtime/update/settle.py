"""Settle what an update gives: literals normalised, ``set(None)`` made a removal, times stamped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pynamodb.expressions.operand import Value
from pynamodb.expressions.update import RemoveAction, SetAction

from kxmodel.errors import Problem, ValueRefused
from kxmodel.runtime.attributes import (
    AnyAttribute,
    KxAttribute,
    NullAttribute,
    TimestampAttribute,
    UlidAttribute,
    WriteContext,
    generic,
)
from kxmodel.runtime.attributes.members import write_member
from kxmodel.runtime.update.changes import Change, IfNotExists, ListAppend, read_changes, to_path
from kxmodel.values import now, ulid_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from kxmodel.runtime.spec import ModelSpec
    from kxmodel.values import AttributeValue


def settle_changes(
    changes: Sequence[Change],
    spec: ModelSpec,
    key: Mapping[str, AttributeValue],
    *,
    upsert: bool,
) -> tuple[list[Change], list[Problem]]:
    """The changes in the form that is stored, and the problems of their values."""
    context = WriteContext()
    settled = [_settle(change, spec, context) for change in changes]
    touched = {change.path[0] for change in settled}
    for _, attribute in spec.generated:
        name = attribute.attr_name
        if not isinstance(attribute, TimestampAttribute) or name in touched:
            continue
        path = to_path((name,))
        if attribute.generate == "updated":
            settled += read_changes([SetAction(path, Value(dict(attribute.encode(now()))))])
        elif upsert:
            made = dict(attribute.encode(_created(name, spec, key)))
            settled += read_changes([SetAction(path, path | made)])
    return settled, context.problems


def _created(name: str, spec: ModelSpec, key: Mapping[str, AttributeValue]) -> datetime:
    """When an item that is created now was made: the time inside its ULID, where it has one."""
    for attribute in spec.attributes.values():
        if isinstance(attribute, UlidAttribute) and attribute.time == name:
            try:
                return ulid_time(key.get(attribute.attr_name, {}).get("S", ""))
            except ValueRefused:
                break
    return now()


def _settle(change: Change, spec: ModelSpec, context: WriteContext) -> Change:
    attribute = spec.attribute_at(change.path)
    if change.kind != "set" or not isinstance(attribute, KxAttribute):
        return change
    if change.literal is None:
        right = _settled_operand(change.action.values[1], attribute, change, context)
        return Change(SetAction(to_path(change.path), right), "set", change.path, None)
    if change.literal == {"NULL": True} and not isinstance(attribute, NullAttribute | AnyAttribute):
        return Change(RemoveAction(to_path(change.path)), "remove", change.path, None)
    written = _written(change.literal, attribute, change, context)
    return Change(
        SetAction(to_path(change.path), Value(dict(written))), "set", change.path, written
    )


def _settled_operand(
    operand: Any, attribute: KxAttribute[Any], change: Change, context: WriteContext
) -> Any:
    """A computed right-hand side with the values that may be stored as they are settled."""
    if not isinstance(operand, IfNotExists | ListAppend):
        return operand
    values = [
        Value(dict(_written(value.value, attribute, change, context)))
        if isinstance(value, Value)
        else value
        for value in operand.values
    ]
    return type(operand)(*values)


def _written(
    literal: AttributeValue, attribute: KxAttribute[Any], change: Change, context: WriteContext
) -> AttributeValue:
    """The literal normalised; as it is where it cannot be, which is noted."""
    if None in literal.values():  # a set without elements, which is told later
        return literal
    before = len(context.problems)
    written = write_member(attribute, attribute.decode(literal), None, change.path, context)
    if written is None or len(context.problems) > before:
        return literal
    return generic.keep_digits(written, literal)
