"""Which problems a write brings, and which were there before it and are none of its business.

A value that was read and not changed is not judged again, so that an old item with an old flaw can
still be updated. "Not changed" depends on what the keyword judges:

- a value (``type``, ``enum``, ``pattern``, ``maximum``, ...): old while the value is the same. Another
  bad value in its place is a problem of the write.
- a member's presence or name (``required``, ``dependentRequired``, ``propertyNames``): old while the
  same member is missing, or there.
- how many there are (``minItems``, ``maxProperties``, ``uniqueItems``, ...): old while it is no worse.
- several members at once (``anyOf``, ``oneOf``, ``not`` of an object or array, ``contains``): old
  where it would fail whatever the write did, see `_same_alternatives`.

A problem is the same one if path, rule and keyword path are the same. So one that appears because the
write changed what `if` looks at is the write's, although the value at fault is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.validate.exact import same
from kxmodel.validate.keywords import last_keyword
from kxmodel.validate.problem import SchemaProblem, value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kxmodel.errors import Problem
    from kxmodel.validate.problem import Path

_PRESENCE = frozenset({"required", "dependentRequired", "propertyNames"})
_TOO_FEW = frozenset({"minItems", "minProperties"})
_TOO_MANY = frozenset({"maxItems", "maxProperties"})
_TOGETHER = frozenset({"not", "contains"})
_ALTERNATIVES = frozenset({"anyOf", "oneOf"})


def brought(
    new_problems: Sequence[Problem],
    old_problems: Sequence[Problem],
    new_instance: object,
    old_instance: object,
) -> list[Problem]:
    """The problems among `new_problems` that the change from old to new brings, in their order.

    The problems are those of one validator for `new_instance` and for `old_instance`. An array's
    element that moved takes its problems along; each old problem excuses one new one, so a copy of a
    bad element is a new problem.
    """
    changes = _Changes(new_instance, old_instance)
    # Those in place first: a moved element must not use up the excuse of one that stayed.
    left = _without_twins(new_problems, old_problems, lambda p: (p.rule, p.path), changes.is_old)
    if not left[0]:
        return []
    return _without_twins(*left, lambda p: (p.rule, _shape(p.path)), changes.has_moved)[0]


def _without_twins(
    new_problems: Sequence[Problem],
    old_problems: Sequence[Problem],
    key: Callable[[Problem], object],
    is_twin: Callable[[Problem, Problem], bool],
) -> tuple[list[Problem], list[Problem]]:
    """What is left of both after pairing off twins, each of which has the same `key`."""
    known: dict[object, list[Problem]] = {}
    for problem in old_problems:
        known.setdefault(key(problem), []).append(problem)
    left: list[Problem] = []
    for problem in new_problems:
        candidates = known.get(key(problem), [])
        for at, candidate in enumerate(candidates):
            if is_twin(problem, candidate):
                del candidates[at]
                break
        else:
            left.append(problem)
    return left, [problem for candidates in known.values() for problem in candidates]


def _shape(path: Path) -> Path:
    """`path` with every index of an array as 0."""
    return tuple(0 if isinstance(step, int) else step for step in path)


class _Changes:
    """Compares problems of two states of one item."""

    def __init__(self, new: object, old: object) -> None:
        self._new = new
        self._old = old

    def is_old(self, problem: Problem, known: Problem) -> bool:
        """Whether `problem` is `known`, at the same path."""
        return (
            problem.path == known.path
            and _same_keyword(problem, known)
            and (
                self._unchanged(problem.path, known.path)
                or problem.rule in _PRESENCE
                or self._no_worse(problem, known)
            )
        )

    def has_moved(self, problem: Problem, known: Problem) -> bool:
        """Whether `problem` is `known` inside an array's element that stands elsewhere now."""
        if not _same_keyword(problem, known):
            return False
        steps = enumerate(zip(problem.path, known.path, strict=True))
        moved = [at for at, (new, old) in steps if new != old]
        return len(moved) == 1 and self._unchanged(
            problem.path[: moved[0] + 1], known.path[: moved[0] + 1]
        )

    def _unchanged(self, new_path: Path, old_path: Path) -> bool:
        return same(value_at(self._new, new_path), value_at(self._old, old_path))

    def _no_worse(self, problem: Problem, known: Problem) -> bool:
        """Whether a rule over several members is broken no more than before."""
        new, old = value_at(self._new, problem.path), value_at(self._old, known.path)
        if not isinstance(new, dict | list | tuple) or type(new) is not type(old):
            return False
        assert isinstance(old, dict | list | tuple)
        rule = problem.rule
        if rule in _TOO_FEW:
            return len(new) >= len(old)
        if rule in _TOO_MANY:
            return len(new) <= len(old)
        if rule == "uniqueItems":
            return _repeats_no_more([*new], [*old])
        if rule == "false":
            return _of_state(problem)
        if rule in _TOGETHER:
            return True
        return rule in _ALTERNATIVES and self._same_alternatives(problem, known)

    def _same_alternatives(self, problem: Problem, known: Problem) -> bool:
        """Whether `anyOf` or `oneOf` would fail whatever the write did.

        None matches: every alternative has a problem that is an old one. Several match: they are the
        same as before.
        """
        if not isinstance(problem, SchemaProblem) or not isinstance(known, SchemaProblem):
            return False
        pairs = [*zip(problem.branches, known.branches, strict=False)]
        if not all(problem.branches) or not all(known.branches):
            return all(bool(new) == bool(old) for new, old in pairs)
        return all(
            any(self.is_old(one, other) for one in new for other in old) for new, old in pairs
        )


def _of_state(problem: Problem) -> bool:
    """Whether `false` says that the object may not be so, as after ``then``, and not be at all."""
    return isinstance(problem, SchemaProblem) and (
        last_keyword(problem.evaluation) not in ("properties", "patternProperties", "prefixItems")
    )


def _same_keyword(problem: Problem, known: Problem) -> bool:
    if problem.rule != known.rule:
        return False
    if isinstance(problem, SchemaProblem) and isinstance(known, SchemaProblem):
        return problem.evaluation == known.evaluation
    return type(problem) is type(known)


def _repeats_no_more(new: list[object], old: list[object]) -> bool:
    """Whether each element of `new` that stands there more than once did so as often in `old`."""
    return all(
        count <= sum(same(element, other) for other in old)
        for element in new
        if (count := sum(same(element, other) for other in new)) > 1
    )
