"""Carry the derived attributes of an item along with an update of their sources.

A guard is a condition on a source of a key that the request does not set itself: the key that the
request writes is right only for the values it was computed from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pynamodb.expressions.operand import Value
from pynamodb.expressions.update import RemoveAction, SetAction

from kxmodel.keys import derive, paths_overlap
from kxmodel.runtime.prepare import key_problem
from kxmodel.runtime.update.changes import to_path
from kxmodel.runtime.update.evaluate import NotComputable, apply, find
from kxmodel.validate import project_item

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pynamodb.expressions.update import Action

    from kxmodel.errors import Problem
    from kxmodel.keys import DerivedAttribute, KeySet
    from kxmodel.runtime.spec import ModelSpec
    from kxmodel.runtime.update.changes import Change, DocumentPath
    from kxmodel.values import AttributeValue


@dataclass(frozen=True)
class Followed:
    """What must go with the changes of an update, on an item known to be so.

    actions: they set and remove derived attributes. guards: document path -> the value it was
    computed from, None for none. certain: whether the item allows the changes at all.
    """

    actions: list[Action]
    guards: dict[DocumentPath, AttributeValue | None]
    problems: list[Problem]
    certain: bool


def follow_through(
    changes: Sequence[Change],
    touched: Sequence[KeySet | DerivedAttribute],
    spec: ModelSpec,
    item: Mapping[str, AttributeValue],
    key: Mapping[str, AttributeValue],
) -> Followed:
    """The actions that carry the derived attributes along on this item, and their guards."""
    sources = {tuple(path.split(".")) for key_set in touched for path in key_set.sources}
    relevant = [c for c in changes if any(paths_overlap(c.path, source) for source in sources)]
    try:
        after = apply(relevant, item)
    except NotComputable:
        # DynamoDB refuses such a request itself, with its own message, as long as the item is this.
        seen = {(c.path[0],): find(item, c.path[:1]) for c in relevant}
        guards = seen | _guards(relevant, sources, item, spec)
        return Followed([], guards, [], certain=False)
    own = spec.entity.derived - set(key)
    values = {name: value for name, value in {**after, **key}.items() if name not in own}
    derived = derive(spec.rules, touched, project_item(values))
    problems = [key_problem(e) for key_set, e in derived.errors if _brought(key_set, changes, spec)]
    problems += _computed(relevant, spec, after)
    actions: list[Action] = [
        SetAction(to_path((name,)), Value(dict(value))) for name, value in derived.present.items()
    ]
    actions += [RemoveAction(to_path((name,))) for name in sorted(derived.absent)]
    guards = _guards(relevant, sources, item, spec)
    return Followed(actions, guards, problems, certain=not problems)


def _computed(
    changes: Sequence[Change], spec: ModelSpec, after: Mapping[str, AttributeValue]
) -> list[Problem]:
    """What the schema says of computed values; the guards make them certain."""
    paths = [change.path for change in changes if change.computed]
    if not paths:
        return []
    found = spec.validator.problems(project_item(after))
    return [p for p in found if any(p.path[: len(path)] == path for path in paths)]


def _brought(
    key_set: KeySet | DerivedAttribute, changes: Sequence[Change], spec: ModelSpec
) -> bool:
    """Whether the caller changes a source, beside the times that every write sets."""
    asked = [change.path for change in changes if change.path[0] not in spec.stamped]
    sources = [tuple(source.split(".")) for source in key_set.sources]
    return any(paths_overlap(path, source) for path in asked for source in sources)


def _guards(
    changes: Sequence[Change],
    sources: set[tuple[str, ...]],
    item: Mapping[str, AttributeValue],
    spec: ModelSpec,
) -> dict[DocumentPath, AttributeValue | None]:
    """Every source that the request does not itself set, and whatever a computed value reads."""
    given = [c.path for c in changes if not c.computed]
    guarded: dict[DocumentPath, AttributeValue | None] = {}
    own = spec.entity.derived.union(spec.rules.primary.attributes)
    recognised: list[DocumentPath] = [
        (name,) for test in spec.entity.recognise.values() for name in test
    ]
    reads = [path for change in changes if change.computed for path in change.read_paths()]
    for path in [*sorted(sources), *recognised, *reads]:
        if path[0] not in own and not any(_covers(g, path) for g in given):
            guarded[path] = find(item, path)
    # A SET below a source that is a whole map leaves the map's other members to the database.
    return guarded


def _covers(given: DocumentPath, path: DocumentPath) -> bool:
    return path[: len(given)] == given
