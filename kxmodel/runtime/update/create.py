"""What an update needs beyond its actions when it may create the item (``upsert=True``)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pynamodb.expressions.operand import Value
from pynamodb.expressions.update import SetAction

from kxmodel.errors import Problem, ValueRefused
from kxmodel.runtime.attributes import WriteContext, write_members
from kxmodel.runtime.update.changes import read_changes, to_path
from kxmodel.runtime.update.evaluate import NotComputable, apply, find
from kxmodel.validate import project_item
from kxmodel.values import ulid_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from pynamodb.expressions.condition import Condition

    from kxmodel.runtime.spec import ModelSpec
    from kxmodel.runtime.update.changes import Change
    from kxmodel.values import AttributeValue


def identity_changes(
    model: Any, spec: ModelSpec, key: Mapping[str, AttributeValue], changes: Sequence[Change]
) -> list[Change]:
    """Give a new item what makes it what it is: the key's sources, and what it is recognised by."""
    touched = {change.path[0] for change in changes}
    values = write_members(model, None, (), WriteContext())
    given = {path.partition(".")[0]: None for path in spec.rules.primary.sources}
    identity = {name: values[name] for name in given if name in values}
    for name, text in spec.entity.recognise.get("equals", {}).items():
        identity[name] = {"S": text}
    actions = [
        SetAction(to_path((name,)), to_path((name,)) | dict(value))
        for name, value in identity.items()
        if name not in key and name not in touched
    ]
    return read_changes(actions)


def immutable_conditions(changes: Sequence[Change], spec: ModelSpec) -> list[Condition]:
    """An immutable attribute may be set where it is not there yet, or is that already."""
    conditions = []
    for change in changes:
        if change.path[0] in spec.immutable and change.kind == "set" and change.literal is not None:
            path = to_path(change.path)
            conditions.append(path.does_not_exist() | (path == Value(dict(change.literal))))
    return conditions


def immutable_problems(
    changes: Sequence[Change], spec: ModelSpec, item: Mapping[str, AttributeValue]
) -> list[Problem]:
    """The immutable attributes that would change on this item."""
    problems = []
    for change in changes:
        stored = find(item, change.path) if change.path[0] in spec.immutable else None
        if stored is not None and change.literal is not None and stored != change.literal:
            told = "cannot change: the item exists, and the attribute is declared immutable"
            value = next(iter(change.literal.values()))
            problems.append(Problem(change.path, value, "immutable", told, code="KX403"))
    return problems


def lacking(
    changes: Sequence[Change], spec: ModelSpec, key: Mapping[str, AttributeValue]
) -> list[Problem]:
    """What a new item must have and the request would not give it.

    That is what the schema requires, and a key that is made of good values: an item that is there
    may have an old flaw in its key, and can be changed all the same.
    """
    try:
        made = apply(changes, key)
    except NotComputable:
        return []
    found = spec.validator.problems(project_item(made))
    own = set(spec.entity.derived) | ({spec.version} if spec.version else set())
    sources = {path.partition(".")[0] for path in spec.rules.primary.sources}
    lacks = [
        p
        for p in found
        if p.path
        and ((p.rule == "required" and len(p.path) == 1) or p.path[0] in sources)
        and p.path[0] not in own
    ]
    return lacks + _disagreeing(made, spec, {p.path[0] for p in lacks})


def _disagreeing(
    made: Mapping[str, AttributeValue], spec: ModelSpec, told: Set[str | int]
) -> list[Problem]:
    """The ULIDs of a new item whose time is not what the attribute for it says."""
    problems = []
    for _, attribute in spec.generated:
        name, time_name = attribute.attr_name, getattr(attribute, "time", None)
        text = made.get(name, {}).get("S")
        if time_name is None or not isinstance(text, str) or told & {name, time_name}:
            continue
        try:
            inside = ulid_time(text)
        except ValueRefused as error:
            problems.append(Problem((name,), text, "value", error.message, code=error.code))
            continue
        moment = spec.decode(time_name, made.get(time_name))
        if isinstance(moment, datetime) and moment != inside:
            problem = f"the time inside it is {inside.isoformat()}, but {time_name} is {moment.isoformat()}"
            problems.append(Problem((name,), text, "time", problem))
    return problems
