"""Which problems a write brings, and which were there before it and are none of its business.

A value that was read and not changed is not judged again, so that an old item with an old flaw can
still be updated. "Not changed" depends on what the keyword judges:

- a value (``type``, ``enum``, ``pattern``, ``maximum``, ...): old while the value is the same. Another
  bad value in its place is a problem of the write.
- a member's presence or name (``required``, ``dependentRequired``, ``propertyNames``): old while the
  same member is missing, or there.
- how many there are (``minItems``, ``maxProperties``, ``uniqueItems``, ...): old while it is no worse.
- an object or array as a whole: ``anyOf`` and ``oneOf`` are old where they would fail whatever the
  write did (`_same_alternatives`), ``not`` and ``contains`` where they failed before.

A problem is the same one if path, rule and keyword path are the same. So one that appears because the
write changed what `if` looks at is the write's, although the value at fault is not.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kxmodel.validate.exact import fingerprint, same
from kxmodel.validate.keywords import last_keyword
from kxmodel.validate.problem import SchemaProblem, value_at
from kxmodel.validate.twins import in_place, moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kxmodel.errors import Problem
    from kxmodel.validate.problem import Path

_PRESENCE = frozenset({"required", "dependentRequired", "propertyNames"})
_TOO_FEW = frozenset({"minContains", "minItems", "minProperties"})
_TOO_MANY = frozenset({"maxContains", "maxItems", "maxProperties"})
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
    # Elements that are the same come first, so that a changed one does not use up their excuse.
    new, old = in_place(new_problems, old_problems, changes.in_same_element)
    new, old = moved(new, old, new_instance, old_instance)
    return in_place(new, old, changes.is_old)[0]


class _Changes:
    """Compares problems of two states of one item."""

    def __init__(self, new: object, old: object) -> None:
        self._new = new
        self._old = old
        self._same_elements: dict[Path, bool] = {}

    def in_same_element(self, problem: Problem, known: Problem) -> bool:
        """Whether `problem` is `known` in an array's element that is unchanged, at the same path."""
        if not _same_keyword(problem, known):
            return False
        at = next((at for at, step in enumerate(problem.path) if isinstance(step, int)), None)
        if at is None:
            return False
        element = problem.path[: at + 1]
        if element not in self._same_elements:
            self._same_elements[element] = self._unchanged(element)
        return self._same_elements[element]

    def is_old(self, problem: Problem, known: Problem) -> bool:
        """Whether `problem` is `known`, at the same path."""
        return (
            problem.path == known.path
            and _same_keyword(problem, known)
            and (
                self._unchanged(problem.path)
                or problem.rule in _PRESENCE
                or self._no_worse(problem, known)
            )
        )

    def _unchanged(self, path: Path) -> bool:
        return same(value_at(self._new, path), value_at(self._old, path))

    def _no_worse(self, problem: Problem, known: Problem) -> bool:
        """Whether a rule over several members is broken no more than before."""
        new, old = value_at(self._new, problem.path), value_at(self._old, problem.path)
        if not isinstance(new, dict | list | tuple) or type(new) is not type(old):
            return False
        assert isinstance(old, dict | list | tuple)
        rule = problem.rule
        if rule == "contains" and isinstance(problem, SchemaProblem):
            rule = last_keyword(problem.evaluation)
        if rule in _TOO_FEW:
            return len(new) >= len(old)
        if rule in _TOO_MANY:
            return len(new) <= len(old)
        if rule == "uniqueItems":
            return _repeats_no_more(new, old)
        if rule == "false":
            return _of_state(problem)
        if rule in ("not", "contains"):
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


def _repeats_no_more(new: Iterable[object], old: Iterable[object]) -> bool:
    """Whether each element of `new` that stands there more than once did so as often in `old`."""
    before = Counter(map(fingerprint, old))
    return all(
        count == 1 or count <= before[element]
        for element, count in Counter(map(fingerprint, new)).items()
    )
