"""Pairs the problems of a new state with those of the old one that are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.validate.exact import fingerprint
from kxmodel.validate.problem import SchemaProblem, value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kxmodel.errors import Problem
    from kxmodel.validate.problem import Path


def in_place(
    new_problems: Sequence[Problem],
    old_problems: Sequence[Problem],
    is_twin: Callable[[Problem, Problem], bool],
) -> tuple[list[Problem], list[Problem]]:
    """What is left of both when each twin at the same path is taken out with its other half."""
    known: dict[object, list[Problem]] = {}
    for problem in old_problems:
        known.setdefault((problem.rule, problem.path), []).append(problem)
    left: list[Problem] = []
    for problem in new_problems:
        candidates = known.get((problem.rule, problem.path), [])
        for at, candidate in enumerate(candidates):
            if is_twin(problem, candidate):
                del candidates[at]
                break
        else:
            left.append(problem)
    return left, [problem for candidates in known.values() for problem in candidates]


def moved(
    new_problems: Sequence[Problem], old_problems: Sequence[Problem], new: object, old: object
) -> tuple[list[Problem], list[Problem]]:
    """What is left of both without those in an array's element that now stands elsewhere."""
    known: dict[object, list[int]] = {}
    old_elements, new_elements = _Elements(old), _Elements(new)
    for number, problem in enumerate(old_problems):
        for key in old_elements.keys(problem):
            known.setdefault(key, []).append(number)
    used: set[int] = set()
    left: list[Problem] = []
    for problem in new_problems:
        twins = (
            number
            for key in new_elements.keys(problem)
            for number in known.get(key, ())
            if number not in used
        )
        twin = next(twins, None)
        if twin is None:
            left.append(problem)
        else:
            used.add(twin)
    return left, [problem for at, problem in enumerate(old_problems) if at not in used]


class _Elements:
    """The elements of arrays in one instance, to be found again elsewhere."""

    def __init__(self, root: object) -> None:
        self._root = root
        self._seen: dict[Path, object] = {}

    def keys(self, problem: Problem) -> Iterator[object]:
        """For each index in a problem's path: what is equal where the element alone has moved."""
        keyword = problem.evaluation if isinstance(problem, SchemaProblem) else None
        path = problem.path
        for at, step in enumerate(path):
            if isinstance(step, int):
                element = path[: at + 1]
                if element not in self._seen:
                    self._seen[element] = fingerprint(value_at(self._root, element))
                yield problem.rule, keyword, path[:at], self._seen[element], path[at + 1 :]
