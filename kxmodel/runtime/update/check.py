"""Judge the actions of an update before anything is sent, and settle their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pynamodb.expressions.operand import Value
from pynamodb.expressions.update import RemoveAction, SetAction

from kxmodel.errors import Problem
from kxmodel.runtime.attributes import (
    AnyAttribute,
    KxAttribute,
    NullAttribute,
    TimestampAttribute,
    WriteContext,
)
from kxmodel.runtime.attributes.members import write_member
from kxmodel.runtime.derive import overlap
from kxmodel.runtime.sizes import key_size_problems
from kxmodel.runtime.update.changes import Change, read_changes, to_path
from kxmodel.runtime.update.evaluate import NotComputable, apply, find, put
from kxmodel.validate import project_item
from kxmodel.values import MAX_ITEM_BYTES, attribute_size, now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.runtime.spec import ModelSpec
    from kxmodel.runtime.update.changes import DocumentPath


def settle_changes(
    changes: Sequence[Change], spec: ModelSpec, *, upsert: bool
) -> tuple[list[Change], list[Problem]]:
    """Literal values normalised, ``set(None)`` made a removal, times stamped."""
    context = WriteContext()
    settled = [_settle(change, spec, context) for change in changes]
    touched = {change.path[0] for change in settled}
    for _, attribute in spec.generated:
        name = attribute.attr_name
        if not isinstance(attribute, TimestampAttribute) or name in touched:
            continue
        instant = Value(dict(attribute.encode(now())))
        path = to_path((name,))
        if attribute.generate == "updated":
            settled += read_changes([SetAction(path, instant)])
        elif upsert:
            settled += read_changes([SetAction(path, path | instant.value)])
    return settled, context.problems


def _settle(change: Change, spec: ModelSpec, context: WriteContext) -> Change:
    if change.kind != "set" or change.literal is None:
        return change
    attribute = spec.attribute_at(change.path)
    if not isinstance(attribute, KxAttribute):
        return change
    if change.literal == {"NULL": True} and not isinstance(attribute, NullAttribute | AnyAttribute):
        return Change(RemoveAction(to_path(change.path)), "remove", change.path, None)
    value = attribute.decode(change.literal)
    before = len(context.problems)
    written = write_member(attribute, value, None, change.path, context)
    if written is None or len(context.problems) > before:
        return change
    action = SetAction(to_path(change.path), Value(dict(written)))
    return Change(action, "set", change.path, written)


def check_changes(
    changes: Sequence[Change], spec: ModelSpec, model: Any, *, upsert: bool
) -> list[Problem]:
    """What the schema and DynamoDB's limits say of what the request brings."""
    problems = [problem for change in changes for problem in _protected(change, spec, upsert)]
    problems += _overlapping(changes)
    paths = {problem.path for problem in problems}
    problems += [p for p in _schema(changes, spec, model) if p.path not in paths]
    literals = {
        str(change.path[0]): change.literal
        for change in changes
        if change.kind == "set" and change.literal is not None and len(change.path) == 1
    }
    problems += key_size_problems(spec, literals)
    size = sum(attribute_size(c.literal) for c in changes if c.literal is not None)
    if size > MAX_ITEM_BYTES:
        told = f"the request sets {size:,} bytes, DynamoDB takes items to {MAX_ITEM_BYTES:,}"
        problems.append(Problem((), None, "size", told, code="KX402"))
    return problems


def _protected(change: Change, spec: ModelSpec, upsert: bool) -> list[Problem]:
    """Derived attributes, the primary key and its sources, and what may be set only once."""
    name = change.path[0]
    value = next(iter(change.literal.values())) if change.literal else None
    if upsert and change.kind == "set" and change.literal is not None and name in spec.immutable:
        return []  # it may be what creates the item: see `kxmodel.runtime.update.create`
    dotted = [tuple(p.split(".")) for p in (*spec.rules.primary.sources, *spec.immutable)]
    dotted += [(key,) for key in spec.rules.primary.attributes]
    for path in dotted:
        if overlap(path, change.path):
            told = "cannot change: it makes the item what it is, or is declared immutable"
            return [Problem(change.path, value, "immutable", told, code="KX403")]
    if name in spec.entity.derived:
        return [Problem(change.path, value, "derived", "is derived from a template: do not set it")]
    return []


def _overlapping(changes: Sequence[Change]) -> list[Problem]:
    """DynamoDB refuses two actions on one path, or on a path and a part of it."""
    problems = []
    for position, change in enumerate(changes):
        for other in changes[:position]:
            if overlap(change.path, other.path):
                told = "is changed by two actions of one update"
                problems.append(Problem(change.path, None, "overlap", told))
    return problems


def _schema(changes: Sequence[Change], spec: ModelSpec, model: Any) -> list[Problem]:
    """Problems at or below what the request sets, and required members that it removes."""
    judged = [c for c in changes if not c.computed and c.path[0] not in spec.entity.derived]
    stored = model._kx_stored if model._kx_stored is not None else {}
    item = _with_parents(stored, judged)
    try:
        after = apply([c for c in judged if c.kind == "set"], item)
        after = apply([c for c in judged if c.kind == "remove"], after)
    except NotComputable:
        return []
    set_paths = [c.path for c in judged if c.kind == "set"]
    removed = {c.path for c in judged if c.kind == "remove"}
    return [
        problem
        for problem in spec.validator.problems(project_item(after))
        if (problem.rule == "required" and problem.path in removed)
        or any(problem.path[: len(path)] == path for path in set_paths)
    ]


def _with_parents(item: Any, changes: Sequence[Change]) -> dict[str, Any]:
    """The item with an empty map wherever an action expects one that was not read."""
    result: dict[str, Any] = dict(item)
    for change in changes:
        for depth in range(1, len(change.path)):
            parent: DocumentPath = change.path[:depth]
            following = change.path[depth]
            if find(result, parent) is None:
                try:
                    put(result, parent, {"M": {}} if isinstance(following, str) else {"L": []})
                except NotComputable:
                    break
    return result
