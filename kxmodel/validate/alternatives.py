"""What is said of a value that matches none, or too many, of several alternatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors import Problem
from kxmodel.validate.messages import choices_in_words, listed, types_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.validate.problem import Path, SchemaProblem

_OTHER_KIND = frozenset({"type", "const", "enum", "false"})
_MAX_NAMED = 3


def none_fits(path: Path, branches: Sequence[Sequence[SchemaProblem]], *, one: bool) -> str:
    """One sentence for `anyOf`, or `oneOf` if `one`, where every branch has problems.

    path: of the value that was to match; the problems' own paths begin with it.
    """
    return (
        _one_of_types(path, branches)
        or _one_of_choices(path, branches)
        or _one_of_members(path, branches, one=one)
        or _closest(path, branches)
    )


def several_fit(branches: Sequence[Sequence[SchemaProblem]]) -> str:
    """One sentence for `oneOf` where more than one branch is free of problems."""
    forms = [str(number) for number, found in enumerate(branches, start=1) if not found]
    return f"matches the forms {listed(forms, 'and')} of {len(branches)}, and must match one alone"


def _one_of_types(path: Path, branches: Sequence[Sequence[SchemaProblem]]) -> str:
    """``must be text or null``, where every branch says no more than that."""
    if any(
        len(found) != 1 or found[0].rule != "type" or found[0].path != path for found in branches
    ):
        return ""
    return f"must be {types_in_words([name for found in branches for name in found[0].expected])}"


def _one_of_choices(path: Path, branches: Sequence[Sequence[SchemaProblem]]) -> str:
    """``must be one of a, b``, where every branch says no more than that."""
    for found in branches:
        if len(found) != 1 or found[0].rule not in ("enum", "const") or found[0].path != path:
            return ""
    return choices_in_words([choice for found in branches for choice in found[0].expected])


def _one_of_members(path: Path, branches: Sequence[Sequence[SchemaProblem]], *, one: bool) -> str:
    """``needs phone or email``, where every branch says no more than what it requires."""
    needs: list[str] = []
    for found in branches:
        if not found or any(p.rule != "required" or p.path[:-1] != path for p in found):
            return ""
        needs.append(listed([str(problem.path[-1]) for problem in found], "and"))
    return f"needs {'either ' if one else ''}{listed(needs)}"


def _closest(path: Path, branches: Sequence[Sequence[SchemaProblem]]) -> str:
    def distance(number: int) -> tuple[int, int, int, int]:
        found = branches[number]
        itself = sum(p.path == path and p.rule in _OTHER_KIND for p in found)
        # A member that must be one constant tells alternatives apart, like {"kind": "card"}.
        tags = sum(p.rule in ("const", "enum") and len(p.path) == len(path) + 1 for p in found)
        return itself, tags, len(found), number

    best = min(range(len(branches)), key=distance)
    words = [
        problem.message
        if problem.path == path
        else f"{Problem(problem.path[len(path) :], None, '', '').pointer} {problem.message}"
        for problem in branches[best][:_MAX_NAMED]
    ]
    more = len(branches[best]) - len(words)
    rest = f", and {more} more" if more else ""
    return (
        f"matches none of the {len(branches)} allowed forms; the closest is form {best + 1}: "
        f"{'; '.join(words)}{rest}"
    )
