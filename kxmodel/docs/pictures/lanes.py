"""Where things that follow one another are drawn: pure arithmetic of graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def lanes(parents: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """A lane for each node, from 0, such that a line of descent keeps its lane until it is split.

    parents: node -> what it follows, in an order in which each comes after what it follows.
    """
    taken: dict[str, int] = {}
    ends: list[str | None] = []
    """The last node of each lane; None: free."""
    waiting = {
        node: {child for child, above in parents.items() if node in above} for node in parents
    }
    for node, above in parents.items():
        lane = next((taken[p] for p in above if p in taken and ends[taken[p]] == p), None)
        if lane is None:
            lane = ends.index(None) if None in ends else len(ends)
            ends[lane : lane + 1] = [node]
        ends[lane] = node
        taken[node] = lane
        for parent in above:
            waiting.get(parent, set()).discard(node)
        ends = [
            None if end is not None and not waiting[end] and end != node else end for end in ends
        ]
    return taken


def layers(nodes: Iterable[str], parents: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """How far each node lies below those that have no parent; a circle is cut where it closes."""
    found: dict[str, int] = {}

    def depth(node: str, above: frozenset[str]) -> int:
        if node not in found:
            inside = above | {node}
            ways = [depth(p, inside) + 1 for p in parents.get(node, ()) if p not in inside]
            if node in found:
                return found[node]
            found[node] = max(ways, default=0)
        return found[node]

    for node in nodes:
        depth(node, frozenset())
    return found
