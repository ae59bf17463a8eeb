"""Judge the settled changes of an update before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kxmodel.errors import Problem
from kxmodel.keys import paths_overlap
from kxmodel.runtime.sizes import key_size_problems, unfit
from kxmodel.runtime.update.evaluate import NotComputable, apart, apply, find, put
from kxmodel.validate import project_item
from kxmodel.values import MAX_ITEM_BYTES, attribute_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.runtime.spec import ModelSpec
    from kxmodel.runtime.update.changes import Change, DocumentPath


def check_changes(
    changes: Sequence[Change], spec: ModelSpec, model: Any, *, upsert: bool
) -> list[Problem]:
    """What the schema and DynamoDB's limits say of what the request brings."""
    problems = [problem for change in changes for problem in _protected(change, spec, upsert)]
    problems += _overlapping(changes)
    cannot_be = [problem for change in changes for problem in _unfit(change)]
    if cannot_be:
        return problems + cannot_be
    paths = {problem.path for problem in problems}
    problems += [p for p in _schema(changes, spec, model) if p.path not in paths]
    literals = {
        str(change.path[0]): change.literal
        for change in changes
        if change.kind == "set" and change.literal is not None and len(change.path) == 1
    }
    problems += key_size_problems(spec, literals)
    size = sum(attribute_size(c.given) for c in changes if c.given is not None)
    if size > MAX_ITEM_BYTES:
        told = f"the request sets {size:,} bytes, DynamoDB takes items to {MAX_ITEM_BYTES:,}"
        problems.append(Problem((), None, "size", told, code="KX402"))
    return problems


def _unfit(change: Change) -> list[Problem]:
    """A value that no item can hold, an empty set among them."""
    given = change.given
    if given is None:
        return []
    if None in given.values():  # PynamoDB's form of a set without elements
        told = "DynamoDB has no empty set: leave the action out"
        return [Problem(change.path, None, "value", told, code="KX317")]
    return [Problem(change.path, None, p.rule, p.message, p.code) for p in unfit({"": given})]


def _protected(change: Change, spec: ModelSpec, upsert: bool) -> list[Problem]:
    """Derived attributes, the primary key and its sources, and what may be set only once."""
    name = change.path[0]
    value = next(iter(change.literal.values())) if change.literal else None
    settable = change.kind == "set" and (change.literal is not None or change.sets_once)
    if upsert and name in spec.immutable and settable:
        return []  # it may be what creates the item: see `kxmodel.runtime.update.create`
    dotted = [tuple(p.split(".")) for p in (*spec.rules.primary.sources, *spec.immutable)]
    dotted += [(key,) for key in spec.rules.primary.attributes]
    for path in dotted:
        if paths_overlap(path, change.path):
            told = "cannot change: it makes the item what it is, or is declared immutable"
            return [Problem(change.path, value, "immutable", told, code="KX403")]
    if name in spec.entity.derived:
        return [Problem(change.path, value, "derived", "is derived from a template: do not set it")]
    if name == spec.version:
        return [Problem(change.path, value, "version", "is counted by every write: do not set it")]
    return []


def _overlapping(changes: Sequence[Change]) -> list[Problem]:
    """DynamoDB refuses two actions on one path, or on a path and a part of it."""
    problems = []
    for position, change in enumerate(changes):
        for other in changes[:position]:
            if paths_overlap(change.path, other.path):
                told = "is changed by two actions of one update"
                problems.append(Problem(change.path, None, "overlap", told))
    return problems


def _schema(changes: Sequence[Change], spec: ModelSpec, model: Any) -> list[Problem]:
    """Problems at or below what the request gives or adds, and required members that it removes."""
    judged = [c for c in changes if c.path[0] not in spec.entity.derived]
    given = {c.path: c.given for c in judged if c.kind == "set" and c.given is not None}
    appended = {c.path for c in judged if c.path in given and c.appends}
    operands = {c.path: c.operand for c in judged if c.operand is not None}
    removals = [c for c in judged if c.kind == "remove"]
    brought = given | operands
    paths = [*brought, *(c.path for c in removals)]
    stored = model._kx_stored if model._kx_stored is not None else {}
    item = _with_parents(stored, paths)
    try:
        for path, value in brought.items():
            put(item, path, value)
        item = apply(removals, item)
    except NotComputable:
        return []
    removed = {c.path for c in removals}
    return [
        problem
        for problem in spec.validator.problems(project_item(item))
        if (problem.rule == "required" and problem.path in removed)
        or any(problem.path[: len(path)] == path for path in brought)
        # How long the whole list is, or how large the number, only the database knows.
        if problem.path not in appended and (problem.path not in operands or problem.rule == "type")
    ]


def _with_parents(item: Any, paths: Sequence[DocumentPath]) -> dict[str, Any]:
    """The item with an empty map or list wherever a path expects one that was not read."""
    result = apart(item, paths)
    for path in paths:
        try:
            for depth in range(1, len(path)):
                if find(result, path[:depth]) is None:
                    empty: Any = {"M": {}} if isinstance(path[depth], str) else {"L": []}
                    put(result, path[:depth], empty)
                _pad(find(result, path[:depth]), path[depth])
        except NotComputable:
            continue
    return result


def _pad(parent: Any, position: str | int) -> None:
    """Make a list long enough that an element keeps the position that it is given."""
    elements = parent.get("L")
    if isinstance(position, int) and elements is not None:
        elements += [{"NULL": True}] * (position - len(elements))
