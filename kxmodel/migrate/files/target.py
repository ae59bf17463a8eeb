"""What a target means: a revision, its number, ``+1`` or ``-1``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kxmodel.errors import TargetError
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kxmodel.migrate.files.graph import Graph

_STEPS: Final = re.compile(r"([+-])(\d{1,6})")
_NUMBER: Final = re.compile(r"\d{1,9}")


def wanted(graph: Graph, target: str | None, applied: Collection[str]) -> tuple[str, ...]:
    """The revisions that are applied once the target is reached, in order.

    target: None: the last migration; a revision, or its number; ``0``: none at all; ``+N``: N more
    than are applied; ``-N``: N fewer. applied: the revisions that are.
    Raises TargetError KX611 for a target that names none or several, GraphError KX608.
    """
    if target is None:
        return graph.path(graph.head)
    if steps := _STEPS.fullmatch(target):
        return _moved(graph, int(steps[2]) * (1 if steps[1] == "+" else -1), target, applied)
    if _NUMBER.fullmatch(target):
        number = int(target)
        if number == 0:
            return ()
        found = [name for name, each in graph.migrations.items() if each.number == number]
    else:
        found = [name for name in graph.migrations if name == target]
    if len(found) == 1:
        return graph.path(found[0])
    if found:
        raise TargetError(
            f"{target} names several migrations: {', '.join(sorted(found))}",
            fix="Give the whole revision.",
        )
    raise _none(graph, target)


def _moved(graph: Graph, steps: int, target: str, applied: Collection[str]) -> tuple[str, ...]:
    done = tuple(name for name in graph.order if name in applied)
    if steps < 0:
        if -steps > len(done):
            raise _too_many(target, "applied", done)
        return done[:steps]
    pending = [name for name in graph.path(graph.head) if name not in applied]
    if steps > len(pending):
        raise _too_many(target, "pending", pending)
    chosen = {*done, *pending[:steps]}
    return tuple(name for name in graph.order if name in chosen)


def _too_many(target: str, what: str, there: Sequence[str]) -> TargetError:
    sign, fix = target[0], f"There are none {what}: give a revision."
    if there:
        fix = f"Give {sign}{len(there)} at most; {what}: {', '.join(there)}."
    return TargetError(f"{target} is too far: {len(there)} {what}", fix=fix)


def _none(graph: Graph, target: str) -> TargetError:
    there = ", ".join(graph.order) or "none"
    return TargetError(
        f"there is no migration {shorten(target)}", fix=f"The migrations are {there}."
    )
