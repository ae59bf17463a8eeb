"""A problem that a schema finds, with where in the schema it was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kxmodel.errors import Problem

Path: TypeAlias = tuple[str | int, ...]

#: What `value_at` gives where there is no value.
MISSING = object()


@dataclass(frozen=True)
class SchemaProblem(Problem):
    """One violation of a schema.

    evaluation: the keywords that led to it, through references, e.g.
    ``("properties", "contactInfo", "$ref", "required")``.
    branches: of an ``anyOf`` or ``oneOf``, the problems of each alternative; empty for one that the
    value matches.
    expected: the types of ``type``, or the values of ``enum`` and ``const``.
    """

    evaluation: Path = ()
    expected: tuple[object, ...] = ()
    branches: tuple[tuple[SchemaProblem, ...], ...] = ()


def value_at(root: object, path: Path) -> object:
    """The value at `path` inside arrays and objects, or `MISSING`."""
    value = root
    for step in path:
        if isinstance(value, dict):
            value = value.get(step, MISSING)
        elif isinstance(value, list | tuple) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return MISSING
    return value


def in_order(problems: list[SchemaProblem]) -> list[SchemaProblem]:
    """`problems` by path, rule and message, each said once."""
    ordered = sorted(
        problems, key=lambda p: (_sortable(p.path), p.rule, p.message, _sortable(p.evaluation))
    )
    said: set[tuple[Path, str, str]] = set()
    once: list[SchemaProblem] = []
    for problem in ordered:
        sentence = (problem.path, problem.rule, problem.message)
        if sentence not in said:
            said.add(sentence)
            once.append(problem)
    return once


def _sortable(path: Path) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, step, "") if isinstance(step, int) else (1, 0, step) for step in path)
