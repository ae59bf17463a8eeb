"""Plan one update request: the caller's actions, what must change with them, and the guards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pynamodb.expressions.operand import Value

from kxmodel.runtime.exceptions import UpdateOfMissingItem
from kxmodel.runtime.prepare import describe_key, primary_key, refusal
from kxmodel.runtime.update.changes import read_changes, to_path
from kxmodel.runtime.update.check import check_changes
from kxmodel.runtime.update.create import (
    identity_changes,
    immutable_conditions,
    immutable_problems,
    lacking,
)
from kxmodel.runtime.update.evaluate import find
from kxmodel.runtime.update.follow import follow_through
from kxmodel.runtime.update.settle import settle_changes
from kxmodel.validate import project_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action

    from kxmodel.runtime.spec import ModelSpec
    from kxmodel.runtime.update.changes import DocumentPath
    from kxmodel.values import AttributeValue


@dataclass(frozen=True)
class UpdatePlan:
    """One request. condition: existence and guards, without the caller's own condition."""

    actions: list[Action]
    condition: Condition | None
    guards: tuple[tuple[DocumentPath, AttributeValue | None], ...]
    key: Mapping[str, AttributeValue]

    def holds_for(self, item: Mapping[str, AttributeValue]) -> bool:
        """Whether every guard is met by a stored item."""
        return all(_equal(find(item, path), value) for path, value in self.guards)


def plan_update(
    model: Any,
    spec: ModelSpec,
    actions: Sequence[Action],
    *,
    upsert: bool,
    known: Mapping[str, AttributeValue] | None = None,
) -> UpdatePlan:
    """Plan an update of an object's item.

    known: the item as it was just read; without it, the item as the object was loaded; where
    neither is whole and a key must be computed, it is read (consistently).
    Raises ValidationFailed with every problem that the request brings, and TypeError, as PynamoDB, for
    what is no list of actions or an empty one.
    """
    if not isinstance(actions, list) or not actions:
        raise TypeError("the value of `actions` is expected to be a non-empty list")
    key = primary_key(model, spec)
    changes, problems = settle_changes(read_changes(actions), spec, key, upsert=upsert)
    told = {problem.path for problem in problems}
    checked = check_changes(changes, spec, model, upsert=upsert)
    problems += [problem for problem in checked if problem.path not in told]
    exists = not upsert
    if upsert and not problems:
        changes += identity_changes(model, spec, key, changes)
        missing = lacking(changes, spec, key)
        if missing:
            # It can change the item, not create it: which it is must still be so when it is sent.
            known = known if known is not None else read_item(model, key) or key
            exists = known != key
        problems += missing if not exists else []
        problems += immutable_problems(changes, spec, known or {})
    if problems:
        raise refusal(problems, spec, where=describe_key(spec, key))
    extra: list[Action] = []
    guards: dict[DocumentPath, AttributeValue | None] = {}
    touched = spec.rules.touched_by(change.path for change in changes)
    if touched:
        item = known if known is not None else _known_item(model, spec, key, upsert=upsert)
        followed = follow_through(changes, touched, spec, item, key)
        if not followed.certain and item is model._kx_stored:
            # What an old object knows is no reason to refuse: the table may say otherwise.
            item = read_item(model, key) or item
            followed = follow_through(changes, touched, spec, item, key)
        if followed.problems:
            raise refusal(followed.problems, spec, where=describe_key(spec, key))
        extra, guards = followed.actions, followed.guards
    conditions = immutable_conditions(changes, spec) if upsert else []
    condition = _condition(spec, guards, conditions, exists=exists)
    everything = [change.action for change in changes] + extra
    return UpdatePlan(everything, condition, tuple(guards.items()), key)


def _known_item(
    model: Any, spec: ModelSpec, key: Mapping[str, AttributeValue], *, upsert: bool
) -> Mapping[str, AttributeValue]:
    stored: Mapping[str, AttributeValue] | None = model._kx_stored
    if stored is not None and not model._kx_partial:
        return stored
    found = read_item(model, key)
    if found is not None:
        return found
    if upsert:
        return key
    raise missing_item(model, spec, key)


def read_item(model: Any, key: Mapping[str, AttributeValue]) -> dict[str, AttributeValue] | None:
    """The item as it is stored now (a consistent read), or None."""
    values = [next(iter(value.values())) for value in key.values()]
    data = model._get_connection().get_item(*values, consistent_read=True)
    found: dict[str, AttributeValue] | None = data.get("Item")
    return found


def missing_item(
    model: Any, spec: ModelSpec, key: Mapping[str, AttributeValue]
) -> UpdateOfMissingItem:
    """The error for an update of an item that does not exist, caught as DoesNotExist too."""
    own = type("UpdateOfMissingItem", (UpdateOfMissingItem, type(model).DoesNotExist), {})
    error: UpdateOfMissingItem = own(
        f"there is no such {spec.entity.name} to update", where=describe_key(spec, key)
    )
    return error


def _condition(
    spec: ModelSpec,
    guards: Mapping[DocumentPath, AttributeValue | None],
    more: Sequence[Condition],
    *,
    exists: bool,
) -> Condition | None:
    hash_name = spec.rules.primary.attributes[0]
    conditions = [to_path((hash_name,)).exists(), *more] if exists else list(more)
    for path, value in guards.items():
        operand = to_path(path)
        conditions.append(
            operand.does_not_exist() if value is None else operand == Value(dict(value))
        )
    return all_of(conditions)


def all_of(conditions: Iterable[Condition | None]) -> Condition | None:
    """The conditions joined by AND; None where there is none."""
    whole: Condition | None = None
    for condition in conditions:
        if condition is not None:
            whole = condition if whole is None else whole & condition
    return whole


def _equal(stored: AttributeValue | None, expected: AttributeValue | None) -> bool:
    """Equality as DynamoDB compares: numbers by value, sets without order."""
    if stored is None or expected is None:
        return stored is expected
    return project_item({"v": stored}) == project_item({"v": expected}) and set(stored) == set(
        expected
    )
